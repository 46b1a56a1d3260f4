using Microsoft.Extensions.Time.Testing;

namespace EndToEnd.Tests.Support;

/// <summary>
/// Time that runs faster than the wall's, but no faster than the machine: real sockets and real threads, a minute in six seconds. It goes on in
/// small steps, each from the pool's queue, where it waits its turn behind what is to be done; what a step comes late by is not made up for. So a
/// process that gets no processor for a second has a slow second, not one in which a whole outage passes.
/// </summary>
internal sealed class ScaledTimeProvider : TimeProvider, IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(3);

    private readonly Lock _stepping = new();
    private readonly FakeTimeProvider _clock = new(System.GetUtcNow());
    private readonly int _factor;
    private readonly ITimer _wall;
    private long _steppedAt = System.GetTimestamp();

    public ScaledTimeProvider(int factor)
    {
        _factor = factor;
        _wall = System.CreateTimer(static time => ((ScaledTimeProvider)time!).GoOn(), this, Step, Step);
    }

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    /// <summary>Called back from the pool, as the system's timers do: what a callback waits for does not hold up time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _clock.CreateTimer(_ => ThreadPool.QueueUserWorkItem(static due => due.callback(due.state), (callback, state), preferLocal: false), null, dueTime, period);

    /// <summary>Time stands still from now on.</summary>
    public void Dispose() => _wall.Dispose();

    private void GoOn()
    {
        if (!_stepping.TryEnter())
        {
            return; // the step before is late
        }

        try
        {
            long now = System.GetTimestamp();
            TimeSpan passed = System.GetElapsedTime(_steppedAt, now);
            _steppedAt = now;
            _clock.Advance((passed < LongestStep ? passed : LongestStep) * _factor);
        }
        finally
        {
            _stepping.Exit();
        }
    }
}
