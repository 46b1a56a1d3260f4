using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Time that stands still until a test moves it, and tells which timers wait: nothing has to be guessed or slept for.</summary>
internal sealed class VirtualTime() : FakeTimeProvider(Epoch)
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _timers = [];
    private readonly Signal _made = new();

    /// <summary>Timers made so far.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _timers.Add(dueTime);
        }

        _made.Set();
        return timer;
    }

    /// <summary>Waits until somebody waits for exactly <paramref name="pause"/>, then lets it pass.</summary>
    /// <param name="pause">A length that nothing else in the test has.</param>
    /// <param name="nth">Which of the pauses of that length.</param>
    public async Task PassAsync(TimeSpan pause, int nth = 1)
    {
        await _made.WhenAsync(() => Count(pause) >= nth);
        Advance(pause);
    }

    /// <summary>Waits for the timer that was made as number <paramref name="index"/>, then lets its time pass.</summary>
    public async Task PassTimerAsync(int index)
    {
        await _made.WhenAsync(() => Timers > index);
        TimeSpan due;
        lock (_lock)
        {
            due = _timers[index];
        }

        Advance(due);
    }

    private int Count(TimeSpan pause)
    {
        lock (_lock)
        {
            return _timers.Count(due => due == pause);
        }
    }
}
