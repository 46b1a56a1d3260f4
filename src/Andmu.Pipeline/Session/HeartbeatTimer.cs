namespace Andmu.Pipeline.Session;

/// <summary>Keeps the heartbeat of one connection on a timer: <see cref="HeartbeatMonitor"/> decides, this acts. Thread-safe.</summary>
internal sealed class HeartbeatTimer
{
    private readonly Lock _lock = new();
    private readonly UplinkClock _clock;
    private readonly Action _ping;
    private readonly Action<UplinkFault> _silent;
    private readonly ITimer _timer;
    private HeartbeatMonitor _monitor;

    /// <param name="span">ping_pong_span of the login, or null.</param>
    /// <param name="clock">Monotonic time.</param>
    /// <param name="ping">A Ping is due; called without a lock.</param>
    /// <param name="silent">The peer is dead; called without a lock, once.</param>
    public HeartbeatTimer(TimeSpan? span, UplinkClock clock, Action ping, Action<UplinkFault> silent)
    {
        _clock = clock;
        _ping = ping;
        _silent = silent;
        _monitor = new HeartbeatMonitor(span, clock.Now);
        _timer = clock.TimeProvider.CreateTimer(
            static state => ((HeartbeatTimer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it going.</summary>
    public void Start() => Schedule();

    /// <summary>The peer lives: a packet has come, or it has made room for more.</summary>
    public void OnSignOfLife()
    {
        lock (_lock)
        {
            _monitor.OnSignOfLife();
        }
    }

    /// <summary>Ends it; when this returns, neither callback runs or will.</summary>
    public ValueTask StopAsync() => _timer.DisposeAsync();

    private void OnTimer()
    {
        HeartbeatAction action;
        lock (_lock)
        {
            action = _monitor.Check(_clock.Now);
        }

        if (action == HeartbeatAction.PeerSilent)
        {
            _silent(new UplinkFault(UplinkFaultKind.PeerSilent, $"The platform gave no sign of life for {_monitor.Deadline.TotalSeconds:0} s."));
            return;
        }

        if (action == HeartbeatAction.SendPing)
        {
            _ping();
        }

        Schedule();
    }

    private void Schedule()
    {
        lock (_lock)
        {
            TimeSpan due = _monitor.NextCheck - _clock.Now;
            _timer.Change(due < TimeSpan.Zero ? TimeSpan.Zero : due, Timeout.InfiniteTimeSpan);
        }
    }
}
