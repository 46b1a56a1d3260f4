namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// Holds back the reads of one connection: shut while stalled, and paced to a rate while throttled. What is not read stays in the
/// socket, so that the device meets TCP's own back-pressure. One reader waits at it; everything else is safe for any thread.
/// </summary>
internal sealed class ReadGate : IDisposable
{
    // Timers fire late: what a wait overran is taken off the next ones, so that the rate holds.
    private static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(100);

    // Far below the longest time that a timer takes (49 days); then it is looked at again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action _stallOver;
    private readonly ITimer _stallTimer;
    private readonly ITimer _paceTimer;
    private TaskCompletionSource _changed = NewSignal();
    private long? _bytesPerSecond;
    private double _debt; // bytes that were read ahead of the rate
    private long _debtAt;
    private bool _shut;
    private long _shutUntil;
    private bool _stalled;
    private long _holds;
    private bool _holding;

    /// <param name="time">The clock of the rate and of stalls.</param>
    /// <param name="stallOver">Called when a stall of a given length has ended by itself.</param>
    public ReadGate(TimeProvider time, Action stallOver)
    {
        _time = time;
        _stallOver = stallOver;
        _debtAt = time.GetTimestamp();
        _stallTimer = time.CreateTimer(
            static gate => ((ReadGate)gate!).EndStall(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _paceTimer = time.CreateTimer(
            static gate => ((ReadGate)gate!).Paced(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// How often a read was held back so far, and whether one is now, or would be: such a device cannot be blamed for being late. While
    /// one is held back by a rate, its timer runs.
    /// </summary>
    public (long Count, bool Now) Holds
    {
        get
        {
            lock (_gate)
            {
                return (_holds, _holding || _stalled);
            }
        }
    }

    /// <summary>Sets or lifts the rate; a read that waits is told.</summary>
    public void Throttle(long? bytesPerSecond)
    {
        lock (_gate)
        {
            Settle();
            _bytesPerSecond = bytesPerSecond;
            Signal();
        }
    }

    /// <summary>Shuts until <see cref="Open"/>; whether it was open.</summary>
    public bool Shut()
    {
        lock (_gate)
        {
            bool wasOpen = !_stalled;
            _shut = _stalled = true;
            return wasOpen;
        }
    }

    /// <summary>Shuts for a time from now; one that ends earlier adds nothing.</summary>
    public void ShutFor(TimeSpan length)
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            long until = now + (long)(length.TotalSeconds * _time.TimestampFrequency);
            _shutUntil = _stalled ? Math.Max(_shutUntil, until) : until;
            _stalled = true;
            StartStallTimer(now);
        }
    }

    /// <summary>Ends every stall; whether there was one.</summary>
    public bool Open()
    {
        lock (_gate)
        {
            bool wasStalled = _stalled;
            _shut = _stalled = false;
            Signal();
            return wasStalled;
        }
    }

    /// <summary>So many bytes were read.</summary>
    public void Took(long bytes)
    {
        lock (_gate)
        {
            if (_bytesPerSecond is not null)
            {
                Settle();
                _debt += bytes;
            }
        }
    }

    /// <summary>Waits until a read may go on; <paramref name="released"/> ends the wait, too, without an error.</summary>
    public ValueTask WaitAsync(CancellationToken released)
    {
        Task? change;
        lock (_gate)
        {
            change = Hold();
            _holds += change is null ? 0 : 1;
        }

        return change is null ? ValueTask.CompletedTask : HoldAsync(change, released);
    }

    public void Dispose()
    {
        _stallTimer.Dispose();
        _paceTimer.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask HoldAsync(Task? change, CancellationToken released)
    {
        while (change is not null && !released.IsCancellationRequested)
        {
            await change.WaitAsync(released).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                change = Hold();
            }
        }

        lock (_gate)
        {
            _holding = false;
        }
    }

    /// <summary>What a read must wait for, with its timer running; null if it may go on.</summary>
    private Task? Hold()
    {
        if (!_stalled)
        {
            Settle();
            if (_bytesPerSecond is not { } rate || _debt <= 0)
            {
                _holding = false;
                return null;
            }

            // Whole milliseconds, as timers count: a shorter wait would be none.
            double wait = Math.Ceiling(_debt * 1000 / rate);
            _paceTimer.Change(
                wait < LongestWait.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : LongestWait, Timeout.InfiniteTimeSpan);
        }

        _holding = true;
        return _changed.Task;
    }

    private void Paced()
    {
        lock (_gate)
        {
            Signal();
        }
    }

    private void Settle()
    {
        long now = _time.GetTimestamp();
        _debt = _bytesPerSecond is { } rate
            ? Math.Max(_debt - (rate * _time.GetElapsedTime(_debtAt, now).TotalSeconds), -rate * Credit.TotalSeconds)
            : 0;
        _debtAt = now;
    }

    private void EndStall()
    {
        lock (_gate)
        {
            if (_shut || !_stalled)
            {
                return;
            }

            long now = _time.GetTimestamp();
            if (now < _shutUntil)
            {
                StartStallTimer(now); // timers count in another clock's milliseconds: this one came early
                return;
            }

            _stalled = false;
            Signal();
        }

        _stallOver();
    }

    /// <summary>In whole milliseconds, as timers count: a shorter time would be none.</summary>
    private void StartStallTimer(long now) => _stallTimer.Change(
        TimeSpan.FromMilliseconds(Math.Ceiling(_time.GetElapsedTime(now, _shutUntil).TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    /// <summary>A read that is held back is so no more, until it has looked again.</summary>
    private void Signal()
    {
        _holding = false;
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
