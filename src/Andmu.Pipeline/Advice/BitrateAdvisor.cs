namespace Andmu.Pipeline.Advice;

/// <summary>Which bit rate the encoder is to be set to, so that the network can carry it. Pure: samples in, advice out.</summary>
/// <remarks>
/// Down at once, to what the link was measured to carry less a margin; up in steps, and not again and again into the same wall:
/// <code>
///   rate   4 |----.                                                    .--
///            |    |                                                 .--'
///            |    |                     . probe                  .-'
///            |    |  failed at x        |      __ hold for 2 h __.'
///    0.9 x   |    |    .----------------'.----'
///    0.85 x  |    '----'  hold for h = 30 s  relapse: back to the rate before the probe
///            +------------------------------------------------------------- time
/// </code>
/// Congested is a backlog of more than 0.4 s that is not shrinking, on a link that carries less than the encoder is set to; or one of 2 s, of
/// media encoded at the present setting, without a new low for 10 s, whatever the link seems to carry: then the encoder does not keep to its
/// setting. While the loop catches up on purpose nothing is taken for congestion, but what the link is seen to carry is remembered,
/// and an increase may go there in one step.
/// <para>One thread. Memory is taken once.</para>
/// </remarks>
internal sealed class BitrateAdvisor
{
    /// <summary>All advice but the floor and the ceiling is a multiple of it, in bits a second: encoders round, and nobody sees less.</summary>
    public const int Quantum = 16_000;

    private const double SmallestChange = 0.05;   // of the present rate
    private const double Margin = 0.85;           // of what the link carries: room for key frames, busy scenes, and for the backlog to go
    private const double Step = 0.1;              // of the ceiling
    private const double StepEvery = 4;           // seconds, as at OBS
    private const double Congested = 0.4;         // seconds of backlog; a key frame alone makes 0.3 of them on a link that just suffices
    private const double Overshoot = 2;           // seconds of backlog: no key frame does that
    private const double OvershootLasts = 10;     // seconds without a new low: a batch of 256 KiB takes 5 of them at 400 kbit/s
    private const double Calm = 0.2;              // seconds of backlog; more than that
    private const double CalmTooth = 1;           // for so many seconds on end is no longer a key frame passing
    private const double LeastMeasured = 0.5;     // seconds
    private const double BetweenDecreases = 2;    // seconds, a measuring window
    private const double FallsFurther = 0.8;      // of the present rate or less need not wait for it
    private const double Remembered = 10;         // seconds: how long what was measured may still serve an increase

    private readonly LinkMeter _meter = new();
    private readonly int _floor;
    private readonly int _ceiling;
    private RateWall _wall = new();
    private double _changedAt = double.NegativeInfinity;
    private double _decreasedAt = double.NegativeInfinity;
    private double _stoodStillAt = double.NaN;    // when the link was first seen to carry less than the floor
    private double _calmSince;
    private double _calmAt;                       // when the backlog was last that low
    private double _deliveredBeforeCalm;
    private double _lowest;                       // backlog, of media encoded at the present rate
    private double _lowestAt;
    private double _carried;                      // the most that was measured of late
    private double _carriedAt = double.NegativeInfinity;
    private int _before;                          // the rate before the last probe

    /// <exception cref="ArgumentOutOfRangeException">The options contradict themselves.</exception>
    public BitrateAdvisor(EncoderAdviceOptions options, TimeSpan now)
    {
        options.Validate();
        _floor = options.FloorBitrate;
        _ceiling = options.CeilingBitrate;
        Current = options.StartBitrate ?? _ceiling;
        OnReconnect(now);
    }

    /// <summary>What the encoder is advised to be set to, in bits a second of video.</summary>
    public int Current { get; private set; }

    /// <summary>Another connection: the measurement starts anew. The advice stays, and what is known of the link.</summary>
    public void OnReconnect(TimeSpan now)
    {
        _meter.Restart();
        BeginCalm(now.TotalSeconds, 0);
        _calmAt = now.TotalSeconds;
    }

    /// <summary>Takes a sample: after each flush, whenever the loop wakes up, and best also by a timer while a flush is blocked.</summary>
    /// <returns>What to set the encoder to from now on, or null when nothing changes.</returns>
    public int? OnSample(in SendSample sample)
    {
        double now = sample.Now.TotalSeconds;
        double backlog = Math.Max(0, sample.Backlog.TotalSeconds);
        if (!_meter.Add(sample))
        {
            StartOver(now, sample.BytesDelivered);
        }

        Watch(now, backlog, sample);
        return sample.CatchingUp ? null
            : backlog > Congested ? Decrease(now, backlog)
            : Increase(now, sample.BytesDelivered);
    }

    private int? Decrease(double now, double backlog)
    {
        double carried = _meter.VideoRate;
        if (_meter.Measured < LeastMeasured || _meter.Growth < 0 || MayHaveStoodStill(carried, now))
        {
            return null;
        }

        double target;
        if (carried < Current)
        {
            bool relapse = _wall.IsProbing && _before < Current && _before <= RateWall.Near * carried;
            target = relapse ? _before : Margin * carried;
        }
        else if (backlog >= Overshoot && now - _lowestAt >= OvershootLasts)
        {
            target = Margin * Current;
        }
        else
        {
            return null;
        }

        int failed = Current;
        bool tooSoon = now - _decreasedAt < BetweenDecreases && target > FallsFurther * Current;
        if (tooSoon || Advise(target, now, direction: -1) is not { } advice)
        {
            return null;
        }

        _decreasedAt = now;
        if (carried >= _floor) // a link that stands still tells nothing of what it carries when it does not
        {
            _wall.OnFailed(failed, carried, now);
            _carried = Math.Min(failed, carried);
            _carriedAt = now;
        }

        return advice;
    }

    /// <summary>Whether this may be over. That a link stood still is mostly seen when it does so no more, by the flush that had been blocked, and then it
    /// carries what it did before; only if it goes on like that, it counts.</summary>
    private bool MayHaveStoodStill(double carried, double now)
    {
        if (carried >= _floor)
        {
            _stoodStillAt = double.NaN;
            return false;
        }

        _stoodStillAt = double.IsNaN(_stoodStillAt) ? now : _stoodStillAt;
        return now - _stoodStillAt < BetweenDecreases;
    }

    private int? Increase(double now, long delivered)
    {
        _wall.OnCalm(now);

        // Without traffic there is no proof: at least a second at the floor must have gone through in these four.
        bool due = now - _calmSince >= StepEvery && now - _changedAt >= StepEvery && (delivered - _deliveredBeforeCalm) * 8 >= _floor;
        if (!due || Current == _ceiling)
        {
            return null;
        }

        double target = Current + (Step * _ceiling);
        target = now - _carriedAt < Remembered ? Math.Max(target, Margin * _carried) : target;
        int before = Current;
        if (Advise(Math.Min(target, _wall.Limit(now)), now, direction: 1) is not { } advice)
        {
            return null;
        }

        _before = _wall.IsProbing ? _before : before;
        _wall.OnIncrease(advice, now);
        return advice;
    }

    private void Watch(double now, double backlog, in SendSample sample)
    {
        if (_meter.EncodedFrom < _changedAt || backlog < _lowest)
        {
            _lowest = backlog;
            _lowestAt = now;
        }

        _calmAt = backlog < Calm ? now : _calmAt;
        if (sample.CatchingUp || backlog > Congested || now - _calmAt > CalmTooth)
        {
            BeginCalm(now, sample.BytesDelivered);
        }

        Remember(now, backlog, sample.CatchingUp);
    }

    /// <summary>What the link was seen to carry: all that it can while it had no rest, at least that while the loop caught up.</summary>
    private void Remember(double now, double backlog, bool catchingUp)
    {
        bool tells = _meter.Measured >= 2 * LeastMeasured && (catchingUp || backlog > Calm);
        if (tells && (_meter.VideoRate > _carried || now - _carriedAt >= Remembered))
        {
            _carried = _meter.VideoRate;
            _carriedAt = now;
            _wall.OnCarried(_carried);
        }
    }

    private void BeginCalm(double now, long delivered)
    {
        _calmSince = now;
        _deliveredBeforeCalm = delivered;
    }

    /// <summary>A clock or a counter went back: no time that was noted means anything any more.</summary>
    private void StartOver(double now, long delivered)
    {
        BeginCalm(now, delivered);
        _calmAt = _lowestAt = _changedAt = _decreasedAt = now;
        _carriedAt = double.NegativeInfinity;
        _stoodStillAt = double.NaN;
        _wall.OnTimeBack(now);
    }

    private int? Advise(double target, double now, int direction)
    {
        int advice = (int)Math.Clamp(Math.Floor(target / Quantum) * Quantum, _floor, _ceiling);
        if (direction * ((double)advice - Current) < SmallestChange * Current)
        {
            return null;
        }

        Current = advice;
        _changedAt = now;
        return advice;
    }
}
