using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Session;

/// <summary>The host's wait until everything is delivered. One wait at a time; others queue up behind it.</summary>
#pragma warning disable CA1001 // the semaphore has no wait handle to dispose of, and a wait that is just ending still gives its turn back
internal sealed class DrainWait(ReconnectPause pause)
#pragma warning restore CA1001
{
    private readonly WakeSignal _signal = new();
    private readonly SemaphoreSlim _turn = new(1, 1); // the signal has one waiter

    /// <summary>Something was delivered, or the uplink has ended.</summary>
    public void OnProgress() => _signal.Set();

    /// <param name="isDelivered">Whether all of it is, by now.</param>
    /// <param name="hasEnded">Whether nothing is going to be delivered any more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when it is delivered; false when the uplink ended before.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public async Task<bool> WaitAsync(Func<bool> isDelivered, Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            pause.SetHostWaits(true);
            return await WaitUntilAsync(isDelivered, hasEnded, cancellationToken);
        }
        finally
        {
            pause.SetHostWaits(false);
            _turn.Release();
        }
    }

    private async Task<bool> WaitUntilAsync(Func<bool> isDelivered, Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static signal => ((WakeSignal)signal!).Set(), _signal);
        while (!isDelivered())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (hasEnded())
            {
                return false;
            }

            await _signal.WaitAsync();
        }

        return true;
    }
}
