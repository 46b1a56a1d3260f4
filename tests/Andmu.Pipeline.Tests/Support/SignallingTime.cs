using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>Virtual time that tells when somebody has begun to wait for it, so that a test advances it neither too early nor by guess.</summary>
internal sealed class SignallingTime() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _started = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until a timer is started that is due within the bounds, and takes it off the list.</summary>
    public async Task<TimeSpan> TimerAsync(double fromSeconds, double toSeconds)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                int index = _started.FindIndex(due => due.TotalSeconds >= fromSeconds && due.TotalSeconds <= toSeconds);
                if (index >= 0)
                {
                    TimeSpan found = _started[index];
                    _started.RemoveAt(index);
                    return found;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SignallingTimer(this, base.CreateTimer(callback, state, dueTime, period));
        OnStarted(dueTime);
        return timer;
    }

    private void OnStarted(TimeSpan dueTime)
    {
        if (dueTime < TimeSpan.Zero)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_lock)
        {
            _started.Add(dueTime);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class SignallingTimer(SignallingTime time, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = inner.Change(dueTime, period);
            time.OnStarted(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
