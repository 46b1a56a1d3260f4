using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>Time that stands still until a test moves it, and counts how often a timer was set to a certain length.</summary>
internal sealed class ArmedTime(TimeSpan length) : FakeTimeProvider
{
    private readonly Signal _armed = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    public Task WhenMoreThanAsync(int count) => _armed.WhenAsync(() => Count > count);

    private void Note(TimeSpan dueTime)
    {
        if (dueTime == length)
        {
            Interlocked.Increment(ref _count);
            _armed.Set();
        }
    }

    private sealed class Timer(ArmedTime time, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = inner.Change(dueTime, period);
            time.Note(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
