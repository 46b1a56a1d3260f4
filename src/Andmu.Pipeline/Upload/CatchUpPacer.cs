namespace Andmu.Pipeline.Upload;

/// <summary>Bounds how fast a backlog is sent once the cursor was set back: a pre-roll or an outage of a minute is not to be thrown at a home
/// uplink, and at the platform, all at once. Pure: times in, waits out.</summary>
/// <remarks>
/// A token bucket whose tokens are milliseconds of media: it fills at a rate of media time per time, and holds no more than the burst. So
/// what may be sent is, by then,
/// <code>
///   begin + burst + rate * elapsed
/// </code>
/// and what a slow network did not use is lost to it beyond the burst: it cannot be caught up with in one go.
/// <para>A step is charged for what it is, up to a second: media time that goes back costs nothing, and over a hole, which holds no
/// bytes, nobody waits for hours. A step longer than the burst goes once the bucket is full, and leaves it in debt.</para>
/// <para>A mutable struct: keep it in a field that is not readonly. One thread.</para>
/// </remarks>
internal struct CatchUpPacer
{
    /// <summary>A camera of less than one picture a second is none; a longer step is a hole in the media.</summary>
    private const double LongestStepMs = 1000;

    /// <summary>Less than this is what sums of fractions leave over, and nothing to wait for.</summary>
    private const double RoundingMs = 1e-6;

    private readonly double _rate;
    private readonly double _burstMs;
    private double _tokensMs;
    private TimeSpan _filledAt;
    private long _reachedMs;

    /// <param name="rate">Media time per time: 4 sends a minute of backlog in a quarter of it. At least 1; infinity never waits.</param>
    /// <param name="burst">Media time that may go at once. Zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is less than 1 or no number, or the burst is negative.</exception>
    public CatchUpPacer(double rate, TimeSpan burst)
    {
        if (!(rate >= 1)) // written so that it holds for what is no number, too
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A backlog is caught up with at 1 or more times the media's own rate.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(burst, TimeSpan.Zero);
        _rate = rate;
        _burstMs = burst.TotalMilliseconds;
    }

    /// <summary>Between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The cursor was set back.</summary>
    /// <param name="mediaMs">Media time of what is sent first.</param>
    /// <param name="now">Time on a monotonic clock.</param>
    public void Begin(long mediaMs, TimeSpan now)
    {
        IsActive = true;
        _reachedMs = mediaMs;
        _filledAt = now;
        _tokensMs = _burstMs;
    }

    /// <summary>The cursor has caught up: live media sets its own pace.</summary>
    public void End() => IsActive = false;

    /// <summary>How long to wait before the next entry; null when it may go, and then it counts as sent. May be asked again at any time.</summary>
    /// <param name="mediaMs">Media time of the next entry.</param>
    /// <param name="now">Time on a monotonic clock.</param>
    /// <returns>Null, or 1 ms or more.</returns>
    public TimeSpan? WaitBefore(long mediaMs, TimeSpan now)
    {
        if (!IsActive || double.IsPositiveInfinity(_rate))
        {
            return null;
        }

        Fill(now);
        double cost = mediaMs <= _reachedMs ? 0 : Math.Min((double)mediaMs - _reachedMs, Math.Max(LongestStepMs, _burstMs));
        double missing = Math.Min(cost, _burstMs) - _tokensMs;
        if (missing > RoundingMs)
        {
            return TimeSpan.FromMilliseconds(Math.Ceiling(missing / _rate)); // rounded up: whoever waits is not sent away again
        }

        _tokensMs -= cost;
        bool interleaved = mediaMs < _reachedMs && (double)_reachedMs - mediaMs <= LongestStepMs; // sound lies a little behind the picture
        _reachedMs = interleaved ? _reachedMs : mediaMs;
        return null;
    }

    private void Fill(TimeSpan now)
    {
        double elapsed = Math.Max(0, now.TotalMilliseconds - _filledAt.TotalMilliseconds);
        _filledAt = now;
        _tokensMs = Math.Min(_burstMs, _tokensMs + (_rate * elapsed));
    }
}
