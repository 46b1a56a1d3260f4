namespace Andmu.Pipeline.Backlog;

/// <summary>How fast a backlog is sent beside the live stream: with what the network has left. Pure: times and lengths in, bytes out.</summary>
/// <remarks>
/// What the network can carry is found by trying, as TCP does it (additive increase, multiplicative decrease; RFC 5681): the rate grows while the live
/// stream is not behind; it is halved, and nothing is sent until the live stream has caught up, as soon as it is.
/// <code>
///   rate      /|   /|
///            / |  / | /
///           /  | /  |/
///   live ------^----^--- behind
/// </code>
/// </remarks>
internal struct BacklogPacer
{
    /// <summary>The live stream is behind when this much of it waits, and has caught up when no more than that does.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan CaughtUp = TimeSpan.FromMilliseconds(200);

    /// <summary>Unspent time beyond this is lost: a pause is not followed by a burst.</summary>
    private static readonly TimeSpan LongestCredit = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private const double FirstRate = 256 * 1024; // bytes a second: 2 Mbit/s, as much again as a camera
    private const double LeastRate = 16 * 1024;
    private const double MostRate = 64 << 20;
    private const double Increase = 1.25;

    private TimeSpan? _last;
    private TimeSpan _lastStep;
    private double _rate;
    private double _credit;
    private bool _isPausing;

    /// <summary>Bytes a second at the moment.</summary>
    public readonly double Rate => _rate;

    /// <summary>How many bytes may be sent now; 0 or less for none.</summary>
    /// <param name="now">Time on a monotonic clock.</param>
    /// <param name="liveBacklog">How much of the live stream waits to be sent.</param>
    public long Budget(TimeSpan now, TimeSpan liveBacklog)
    {
        if (_last is not { } last)
        {
            (_last, _lastStep, _rate) = (now, now, FirstRate);
            return 0;
        }

        TimeSpan passed = now - last < LongestCredit ? now - last : LongestCredit;
        _last = now;
        Adapt(now, liveBacklog);
        _credit = _isPausing ? 0 : Math.Min(_credit + (_rate * passed.TotalSeconds), _rate * LongestCredit.TotalSeconds);
        return (long)_credit;
    }

    /// <summary>They were sent: one package may go beyond what was left, and is paid for later.</summary>
    public void Spend(long bytes) => _credit -= bytes;

    private void Adapt(TimeSpan now, TimeSpan liveBacklog)
    {
        if (_isPausing)
        {
            _isPausing = liveBacklog > CaughtUp;
            _lastStep = now;
        }
        else if (liveBacklog > Behind)
        {
            _isPausing = true;
            _rate = Math.Max(LeastRate, _rate / 2);
        }
        else if (now - _lastStep >= Step)
        {
            _rate = Math.Min(MostRate, _rate * Increase);
            _lastStep = now;
        }
    }
}
