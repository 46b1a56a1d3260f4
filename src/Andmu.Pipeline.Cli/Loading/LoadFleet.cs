using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>All devices of a load.</summary>
internal sealed class LoadFleet : IAsyncDisposable
{
    /// <summary>Logins at once: a platform's listener, and this machine, have more to do than to shake hands.</summary>
    private const int ConnectingAtOnce = 32;

    // What comes in after the last picture comes within moments, or not at all.
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;

    public LoadFleet(LoadSettings settings, SyntheticStream stream, TimeProvider time, ILogger logger)
    {
        _time = time;
        Devices = new LoadDevice[settings.Devices];
        for (int i = 0; i < Devices.Length; i++)
        {
            Devices[i] = new LoadDevice(settings, i, stream, time, logger);
        }
    }

    public LoadDevice[] Devices { get; }

    public int Online => Devices.Count(static device => device.IsOnline);

    /// <summary>Brings them online, some at a time; the first failure of each counts as its answer.</summary>
    /// <returns>Whether all are, within the time.</returns>
    public async Task<bool> ConnectAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = either.Token };
        try
        {
            await Parallel.ForEachAsync(Devices, options, static async (device, stop) => await device.StartAsync().WaitAsync(stop));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return Online == Devices.Length;
    }

    /// <summary>Waits, for a moment at the most, until everything is sent.</summary>
    /// <returns>Pictures that are not.</returns>
    public async Task<long> DeliverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        long start = _time.GetTimestamp();
        long unsent = Unsent();
        while (unsent > 0 && Online > 0 && _time.GetElapsedTime(start) < DeliveryLimit)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            unsent = Unsent();
        }

        return unsent;
    }

    public Task StopAsync() => Task.WhenAll(Devices.Select(static device => device.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (LoadDevice device in Devices)
        {
            await device.DisposeAsync();
        }
    }

    private long Unsent() => Devices.Sum(static device => device.Statistics.Fill.UnsentEntries);
}
