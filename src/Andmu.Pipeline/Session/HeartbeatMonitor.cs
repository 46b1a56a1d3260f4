namespace Andmu.Pipeline.Session;

internal enum HeartbeatAction
{
    None,
    SendPing,
    PeerSilent,
}

/// <summary>When to ping, and when a peer that does not answer is taken for dead (specification 5.2.2). Pure: times in, decisions out.</summary>
/// <remarks>
/// A sign of life is a whole packet received, or a send that had been blocked and went on: the second matters on a slow uplink,
/// where the Pong is late because the Ping waits behind megabytes of video. Single bytes are none, so that a peer that trickles
/// a packet it never finishes is found out.
/// <code>
///   ping        ping        ping
///   |-- span ---|-- span ---|
///   |------- deadline -------> silent, unless a sign of life came
/// </code>
/// </remarks>
internal struct HeartbeatMonitor
{
    /// <summary>Deadline in spans: one late answer is forgiven, two are not.</summary>
    private const double DeadlineInSpans = 2;

    private static readonly TimeSpan DefaultSpan = TimeSpan.FromSeconds(30); // when the platform gives none
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(5);

    private TimeSpan _nextPing;
    private TimeSpan _oldestUnanswered;
    private bool _unanswered;

    /// <param name="span">ping_pong_span of the login, or null. Held within 1 s to 10 min: it comes from outside.</param>
    /// <param name="now">Time on a monotonic clock.</param>
    public HeartbeatMonitor(TimeSpan? span, TimeSpan now)
    {
        TimeSpan wanted = span is { } given && given > TimeSpan.Zero ? given : DefaultSpan;
        Span = wanted < ShortestSpan ? ShortestSpan : wanted > LongestSpan ? LongestSpan : wanted;
        TimeSpan deadline = Span * DeadlineInSpans;
        Deadline = deadline < ShortestDeadline ? ShortestDeadline : deadline;
        _nextPing = now + Span;
    }

    /// <summary>Time between two pings.</summary>
    public TimeSpan Span { get; }

    /// <summary>Time from the first unanswered ping to giving up.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>When to check next.</summary>
    public readonly TimeSpan NextCheck => _unanswered && _oldestUnanswered + Deadline < _nextPing ? _oldestUnanswered + Deadline : _nextPing;

    public void OnSignOfLife() => _unanswered = false;

    public HeartbeatAction Check(TimeSpan now)
    {
        if (_unanswered && now - _oldestUnanswered >= Deadline)
        {
            return HeartbeatAction.PeerSilent;
        }

        if (now < _nextPing)
        {
            return HeartbeatAction.None;
        }

        if (!_unanswered)
        {
            _unanswered = true;
            _oldestUnanswered = now;
        }

        _nextPing = now + Span;
        return HeartbeatAction.SendPing;
    }
}
