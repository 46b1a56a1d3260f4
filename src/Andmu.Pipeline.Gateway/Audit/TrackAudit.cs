namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Numbers and times of one track, audio or video, in serial arithmetic (RFC 1982), for both wrap to 0.
/// </summary>
internal sealed class TrackAudit
{
    // A timeline that begins anew starts at 0; the first package that is sent of it may be a few seconds in.
    private const uint RestartWindowMs = 5000;

    private bool _started;
    private bool _resending;
    private uint _last;
    private uint _highest;
    private uint? _lastTime;

    public long Gaps { get; private set; }

    public long Missing { get; private set; }

    public long Repeated { get; private set; }

    public long Resent { get; private set; }

    public long TimeViolations { get; private set; }

    public long Restarts { get; private set; }

    /// <summary>The seq_num before the latest.</summary>
    public uint Before { get; private set; }

    /// <summary>The start_time that was checked before the latest; null when there was none.</summary>
    public uint? TimeBefore { get; private set; }

    /// <summary>Checks a number.</summary>
    /// <param name="sequence">The package's seq_num.</param>
    /// <param name="skipped">A number that the parameter sets before this package took, if any.</param>
    /// <param name="mayGoBack">Whether this package may be the first of what is sent again.</param>
    public SequenceStep CheckSequence(uint sequence, uint? skipped, bool mayGoBack)
    {
        Before = _last;
        if (!_started)
        {
            _started = true;
            _last = _highest = sequence;
            return SequenceStep.First;
        }

        int distance = (int)(sequence - _last);
        if (distance == 2 && skipped == _last + 1)
        {
            distance = 1;
        }

        _last = sequence;
        SequenceStep step = distance <= 0 ? SequenceStep.Back : distance == 1 ? SequenceStep.Next : SequenceStep.Gap;
        if (step == SequenceStep.Gap)
        {
            Gaps++;
            Missing += distance - 1;
        }

        _resending = step == SequenceStep.Back ? mayGoBack : _resending;
        CountAgain(sequence);
        return step;
    }

    /// <summary>Checks a time that must have grown; returns the step in ms, or null when there is none to speak of.</summary>
    public int? CheckTime(uint startTime)
    {
        TimeBefore = _lastTime;
        _lastTime = startTime;
        if (TimeBefore is not { } last)
        {
            return null;
        }

        int step = (int)(startTime - last);
        if (step > 0 || _resending)
        {
            return step;
        }

        if (startTime < RestartWindowMs && last != startTime)
        {
            Restarts++;
        }
        else
        {
            TimeViolations++;
        }

        return null;
    }

    private void CountAgain(uint sequence)
    {
        if ((int)(sequence - _highest) > 0)
        {
            _highest = sequence;
            _resending = false;
        }
        else if (_resending)
        {
            Resent++;
        }
        else
        {
            Repeated++;
        }
    }
}
