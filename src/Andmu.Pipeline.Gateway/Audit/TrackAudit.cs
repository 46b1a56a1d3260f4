namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Numbers and times of one track, audio or video, in serial arithmetic (RFC 1982), for both wrap to 0. An event may send its
/// pre-roll again with unchanged numbers when the flag turns from 2 to 1; that alone may go back.
/// </summary>
internal sealed class TrackAudit
{
    // A timeline that begins anew starts at 0; the first package that is sent of it may be a few seconds in.
    private const uint RestartWindowMs = 5000;

    private const uint ByEvent = 1;
    private const uint ByViewer = 2;

    private bool _started;
    private bool _resending;
    private uint _last;
    private uint _highest;
    private uint? _lastFlag;
    private uint? _lastTime;

    public long Gaps { get; private set; }

    public long Missing { get; private set; }

    public long Repeated { get; private set; }

    public long Resent { get; private set; }

    public long TimeViolations { get; private set; }

    public long Restarts { get; private set; }

    /// <summary>Checks a number; true when the package directly follows the one before.</summary>
    /// <param name="sequence">The package's seq_num.</param>
    /// <param name="flag">Its control_flag, if any.</param>
    /// <param name="skipped">A number that the parameter sets before this package took, if any.</param>
    public bool CheckSequence(uint sequence, uint? flag, uint? skipped)
    {
        uint? flagBefore = _lastFlag;
        _lastFlag = flag;
        if (!_started)
        {
            _started = true;
            _last = _highest = sequence;
            return false;
        }

        int step = (int)(sequence - _last);
        if (step == 2 && skipped == _last + 1)
        {
            step = 1;
        }

        _resending |= step <= 0 && flag == ByEvent && flagBefore == ByViewer;
        if (step > 1)
        {
            Gaps++;
            Missing += step - 1;
        }

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

        _last = sequence;
        return step == 1;
    }

    /// <summary>Checks a time that must have grown; returns the step in ms, or null when there is none to speak of.</summary>
    public int? CheckTime(uint startTime)
    {
        uint? before = _lastTime;
        _lastTime = startTime;
        if (before is not { } last)
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
}
