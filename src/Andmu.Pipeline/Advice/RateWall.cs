namespace Andmu.Pipeline.Advice;

/// <summary>Remembers the rate that a link failed at, so that an encoder is not run into the same wall every few seconds. Pure.</summary>
/// <remarks>
/// <code>
///   failed --> held below 0.9 of it, 30 s --> probing beyond --60 s without a failure--> forgotten
///     ^                                          |
///     '------- failed again: held twice as long, up to 5 min
/// </code>
/// A link that is seen to carry far more than it did then has no wall there any more. All times are seconds on a monotonic clock, all rates bits a second.
/// <para>A mutable struct: keep it in a field that is not readonly.</para>
/// </remarks>
internal struct RateWall
{
    /// <summary>Of the rate that failed: room for a busy scene.</summary>
    public const double Near = 0.9;

    private const double MuchFaster = 1.25;
    private const double FirstHold = 30;
    private const double LongestHold = 300;
    private const double ProbeHolds = 60; // long enough to climb from a quarter of the ceiling to all of it, in steps of a tenth every 4 s

    private double _failed;
    private double _carried; // what the link carried when that rate was too much for it
    private double _hold;
    private double _holdUntil;
    private double? _probedAt;

    public RateWall() => Forget();

    /// <summary>The rate is beyond what failed, and time will tell.</summary>
    public readonly bool IsProbing => _probedAt is not null;

    /// <summary>How far up it may go.</summary>
    public readonly double Limit(double now) => now < _holdUntil ? Near * _failed : double.PositiveInfinity;

    /// <summary>A rate was too much for the link, which carried so much instead.</summary>
    public void OnFailed(double rate, double carried, double now)
    {
        _hold = IsProbing ? Math.Min(2 * _hold, LongestHold) : _hold;
        _failed = Math.Min(rate, carried);
        _carried = carried;
        _holdUntil = now + _hold;
        _probedAt = null;
    }

    /// <summary>The rate was raised.</summary>
    public void OnIncrease(double rate, double now)
    {
        if (rate > Near * _failed)
        {
            _probedAt ??= now;
        }
    }

    /// <summary>All is well at the present rate.</summary>
    public void OnCalm(double now)
    {
        if (now - _probedAt >= ProbeHolds)
        {
            Forget();
        }
    }

    /// <summary>The link was seen to carry so much.</summary>
    public void OnCarried(double rate)
    {
        if (rate > MuchFaster * _carried)
        {
            Forget();
        }
    }

    /// <summary>The clock went back: no pause is to last longer for it.</summary>
    public void OnTimeBack(double now)
    {
        _holdUntil = Math.Min(_holdUntil, now + _hold);
        _probedAt = IsProbing ? now : null;
    }

    private void Forget()
    {
        _failed = _carried = double.PositiveInfinity;
        _hold = FirstHold;
        _holdUntil = double.NegativeInfinity;
        _probedAt = null;
    }
}
