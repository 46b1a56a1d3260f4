namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A clock whose timers come a little early by its timestamps, as the system's do: they count in a coarser clock.</summary>
internal sealed class EarlyTimers(TimeProvider time, TimeSpan early) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(time.CreateTimer(callback, state, Earlier(dueTime), period), this);

    private TimeSpan Earlier(TimeSpan due) => due > early ? due - early : due;

    private sealed class Timer(ITimer timer, EarlyTimers owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(owner.Earlier(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
