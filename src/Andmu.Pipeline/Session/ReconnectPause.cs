namespace Andmu.Pipeline.Session;

/// <summary>The wait between two tries to connect. It is short while the host waits for delivery, unless the platform itself has asked for it.</summary>
internal sealed class ReconnectPause(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _shorten;
    private bool _hostWaits;

    /// <summary>The host begins or ends to wait; a pause under way is over when it begins.</summary>
    public void SetHostWaits(bool waits)
    {
        TaskCompletionSource? shorten;
        lock (_lock)
        {
            _hostWaits = waits;
            shorten = waits ? _shorten : null;
        }

        shorten?.TrySetResult();
    }

    /// <param name="delay">How long, drawn by the <see cref="ReconnectPolicy"/>.</param>
    /// <param name="mayBeShort">False when the platform has asked for the pause.</param>
    /// <param name="stop">Ends it.</param>
    public async Task WaitAsync(TimeSpan delay, bool mayBeShort, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var shorten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _shorten = mayBeShort ? shorten : null;
            if (mayBeShort && _hostWaits && delay > ReconnectPolicy.FirstCeiling)
            {
                delay = ReconnectPolicy.FirstCeiling;
            }
        }

        await Task.WhenAny(Task.Delay(delay, timeProvider, ended.Token), shorten.Task);
        await ended.CancelAsync();
    }
}
