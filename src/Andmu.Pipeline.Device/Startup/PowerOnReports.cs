using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Settings, capabilities, device information: what a registered device asks and tells at every start, in this order (specification 6.1).</summary>
/// <remarks>None of it is worth a picture: with the first call that has to be made again, <see cref="TryAsync"/> returns, the uplink starts, and
/// <see cref="RepeatAsync"/> sees to the rest beside it. One caller at a time.</remarks>
internal sealed class PowerOnReports(
    PlatformCalls platform, ProgressFeed progress, TimeProvider timeProvider, Random random, params IEnumerable<PowerOnReport> reports)
{
    private readonly Queue<PowerOnReport> _due = new(reports);
    private readonly Backoff _backoff = new(random);
    private TimeSpan _wait;

    /// <summary>Makes the calls that are due, up to the first that has to be made again.</summary>
    /// <returns>Whether none is left.</returns>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        while (_due.TryPeek(out PowerOnReport? report))
        {
            try
            {
                await platform.MakeAsync(report.Call, cancellationToken);
                progress.Raise(report.Step);
            }
            catch (OpenApiException error) when (error.IsTransient)
            {
                _wait = _backoff.Next();
                progress.RaiseRetrying(error, _wait);
                return false;
            }
            catch (OpenApiException error)
            {
                progress.RaiseGivenUp(error);
            }

            _due.Dequeue();
            _backoff.Reset();
        }

        return true;
    }

    /// <summary>After a <see cref="TryAsync"/> that left some: makes them again, after pauses, until none is left or it is cancelled.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await Task.Delay(_wait, timeProvider, cancellationToken);
            }
            while (!await TryAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The device stops.
        }
    }
}
