namespace Andmu.Pipeline.Upload;

/// <summary>How far a network slower than the encoder may fall behind before whole GOPs are given up. All in media time that is not sent yet.</summary>
/// <remarks>
/// A backlog that shrinks is sent in full, however long it is: an outage shorter than the buffer loses nothing once the network catches up.
/// A backlog above <see cref="HighBacklog"/> that has not shrunk for <see cref="TrendWindow"/> is given up, as far as the newest key frame.
/// What is sent on a link of R times the encoder's rate, R below 1, is thereby never older than about
/// <c>HighBacklog + TrendWindow * (1 - R) + the longest GOP</c>.
/// </remarks>
public sealed record CongestionOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500); // below it, one large key frame would pass for congestion

    /// <summary>Above it a backlog must shrink. Default 6 s. Longer than <see cref="LowBacklog"/>; best longer than a GOP, and well below
    /// what the buffer holds.</summary>
    public TimeSpan HighBacklog { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Below it the congestion is over. Default 2 s. At least 0.5 s.</summary>
    public TimeSpan LowBacklog { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a backlog may go without falling to a new low. Default 3 s. At least 0.5 s; best no shorter than a GOP, since a key frame
    /// lets the backlog rise for a moment on any link.</summary>
    public TimeSpan TrendWindow { get; init; } = TimeSpan.FromSeconds(3);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LowBacklog, Shortest);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HighBacklog, LowBacklog);
        ArgumentOutOfRangeException.ThrowIfLessThan(TrendWindow, Shortest);
    }
}
