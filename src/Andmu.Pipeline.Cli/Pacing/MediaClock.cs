using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Cli.Pacing;

/// <summary>Runs with the wall clock from the moment it is started, and wakes its one caller at points of it. Allocates nothing per wait.</summary>
internal sealed class MediaClock : IDisposable
{
    // The resolution of a PeriodicTimer, which refuses less.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly PeriodicTimer _timer;
    private readonly long _started;

    public MediaClock(TimeProvider time)
    {
        _time = time;
        _timer = new PeriodicTimer(ShortestWait, time);
        _started = time.GetTimestamp();
    }

    /// <summary>Since the start.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Waits until the clock has come to <paramref name="due"/>; returns at once when it has.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitUntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (TimeSpan left = due - Elapsed; left > TimeSpan.Zero; left = due - Elapsed)
        {
            // A tick that is left over from the wait before ends the first round early; the second one waits for the rest.
            _timer.Period = left > ShortestWait ? left : ShortestWait;
            await _timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose() => _timer.Dispose();
}
