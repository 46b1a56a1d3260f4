namespace Andmu.Pipeline.Advice;

/// <summary>When to ask the encoder for a key frame. Pure: wishes and times in, decisions out.</summary>
/// <remarks>
/// To ask never leaves the far end without a picture until the next regular key frame; to ask at every drop makes the next congestion,
/// for a key frame is the largest picture there is. So the asking waits until it can do good, and grows rare while it does none:
/// <code>
///   wanted, queue drained:  ask . 2 s . ask . . 4 s . . ask . . . . 8 s . . . . ask  ...  30 s
///   a key frame comes:      the wish is fulfilled, and the first pause is 2 s again
/// </code>
/// Two askings are 2 s apart whatever happens between them.
/// <para>A mutable struct: keep it in a field that is not readonly. One thread, or under a lock.</para>
/// </remarks>
internal struct KeyFrameAdvisor
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2); // a GOP of the shortest that cameras are usually set to, twice over
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Drained = TimeSpan.FromMilliseconds(500); // more than that is still ahead of the key frame: it can wait

    private TimeSpan? _asked;
    private TimeSpan _pause;   // after the last asking
    private bool _unanswered;  // no key frame since

    /// <summary>What a key frame is wanted for, or null.</summary>
    public KeyFrameReason? Wanted { get; private set; }

    /// <summary>When the pause after the last asking is over; null while nothing is wanted. A time that has passed means that the queue has not
    /// drained: then it is what the send loop does next that decides, and no timer is needed.</summary>
    public readonly TimeSpan? NextCheck => Wanted is null ? null : _asked is { } asked ? Later(asked, _pause) : TimeSpan.Zero;

    /// <summary>A key frame would help. The reason that outranks stays.</summary>
    public void Want(KeyFrameReason reason) => Wanted = Wanted is { } wanted && wanted > reason ? wanted : reason;

    /// <summary>One came from the encoder, asked for or not.</summary>
    public void OnKeyFrame()
    {
        Wanted = null;
        _unanswered = false;
        _pause = ShortestPause;
    }

    /// <summary>Whether the host is to be asked now. When so, this counts as asked.</summary>
    /// <param name="now">Time on a monotonic clock.</param>
    /// <param name="backlog">Media time that is not sent yet. Does not count when there is nothing to start from: all of it is of no use then.</param>
    /// <param name="blocked">The connection takes no more for now: a key frame would only wait, and grow old.</param>
    public bool Check(TimeSpan now, TimeSpan backlog, bool blocked)
    {
        if (Wanted is not { } reason || blocked || (reason != KeyFrameReason.NothingToStartFrom && backlog >= Drained))
        {
            return false;
        }

        if (_asked is { } asked)
        {
            if (now < asked)
            {
                _asked = now; // a clock that goes back: the pause begins anew, or it might never end
                return false;
            }

            if (now < Later(asked, _pause))
            {
                return false;
            }
        }

        _pause = _unanswered ? Doubled(_pause) : ShortestPause;
        _asked = now;
        _unanswered = true;
        return true;
    }

    private static TimeSpan Doubled(TimeSpan pause) => pause * 2 > LongestPause ? LongestPause : pause * 2;

    private static TimeSpan Later(TimeSpan time, TimeSpan pause) => time > TimeSpan.MaxValue - pause ? TimeSpan.MaxValue : time + pause;
}
