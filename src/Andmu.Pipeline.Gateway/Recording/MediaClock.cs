namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// Makes the 32-bit media clock, which wraps every 49.7 days, one that does not: each time is taken as the nearest to the one before.
/// </summary>
internal sealed class MediaClock
{
    private uint _last;
    private long _extended;
    private bool _started;

    /// <summary>What a start_time is on the extended clock; the clock does not move.</summary>
    public long Peek(uint startTime) => _started ? _extended + (int)(startTime - _last) : startTime;

    /// <summary>Moves the clock to a start_time.</summary>
    public long Advance(uint startTime)
    {
        _extended = Peek(startTime);
        _last = startTime;
        _started = true;
        return _extended;
    }

    /// <summary>Starts anew at a start_time.</summary>
    public long Restart(uint startTime)
    {
        _started = false;
        return Advance(startTime);
    }
}
