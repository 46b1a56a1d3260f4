namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Holds one connection against the specification's rules for media and heartbeats. Pure: packages and intervals in, counts out.
/// Not safe for more than one thread at a time.
/// </summary>
internal sealed class StreamAudit(TimeSpan pingPongSpan)
{
    private readonly TrackAudit _video = new();
    private readonly TrackAudit _audio = new();
    private readonly TimeSpan _latePing = pingPongSpan * 1.5;

    private bool _eventPlan;
    private bool _planInFlight;
    private uint? _parameterSetNumber;
    private bool _haveParameterSets;

    private long _keyFramesWithoutSets;
    private long _sizeMismatches;
    private long _stepViolations;
    private long _missingFlags;
    private long _unexpectedFlags;
    private long _latePings;
    private TimeSpan _longestPing;

    /// <summary>Tells the plan; packages already on their way under the old one are forgiven until the first that fits the new.</summary>
    public void SetPlan(DevicePlan plan)
    {
        bool eventPlan = plan == DevicePlan.Event;
        _planInFlight |= eventPlan != _eventPlan;
        _eventPlan = eventPlan;
    }

    /// <summary>Counts a ping; one that waited while the platform did not read is not late, and its interval says nothing.</summary>
    public void AddPing(TimeSpan sinceLast, bool isHeld = false)
    {
        if (!isHeld)
        {
            _longestPing = sinceLast > _longestPing ? sinceLast : _longestPing;
            _latePings += sinceLast > _latePing ? 1 : 0;
        }
    }

    public void AddMedia(in MediaFacts package)
    {
        _sizeMismatches += package.DataSize != package.DataLength ? 1 : 0;
        switch (package.PackageType)
        {
            case PackageType.Audio:
                CheckFlag(package.ControlFlag);
                AddAudio(package);
                break;
            case PackageType.Video:
                CheckFlag(package.ControlFlag);
                AddVideo(package);
                break;
            case PackageType.ParameterSets:
                CheckFlag(package.ControlFlag);
                _haveParameterSets = true;
                _parameterSetNumber = package.SequenceNumber;
                break;
            default:
                break; // Thumbnails stand outside the tracks.
        }
    }

    public StreamAuditReport Report() => new()
    {
        KeyFramesWithoutParameterSets = _keyFramesWithoutSets,
        DataSizeMismatches = _sizeMismatches,
        RepeatedSequenceNumbers = _video.Repeated + _audio.Repeated,
        StartTimeViolations = _video.TimeViolations + _audio.TimeViolations,
        AudioStepViolations = _stepViolations,
        MissingControlFlags = _missingFlags,
        UnexpectedControlFlags = _unexpectedFlags,
        LatePings = _latePings,
        VideoGaps = _video.Gaps,
        VideoPackagesMissing = _video.Missing,
        AudioGaps = _audio.Gaps,
        AudioPackagesMissing = _audio.Missing,
        ResentPackages = _video.Resent + _audio.Resent,
        TimelineRestarts = _video.Restarts + _audio.Restarts,
        LongestPingInterval = _longestPing,
    };

    private void AddAudio(in MediaFacts package)
    {
        bool follows = _audio.CheckSequence(package.SequenceNumber, package.ControlFlag, skipped: null);
        int? step = _audio.CheckTime(package.StartTime);
        _stepViolations += follows && step is { } ms and not (20 or 40) && ms > 0 ? 1 : 0;
    }

    private void AddVideo(in MediaFacts package)
    {
        // The specification does not say whether parameter sets take a number of the video's; both ways are fine.
        _video.CheckSequence(package.SequenceNumber, package.ControlFlag, _parameterSetNumber);
        _parameterSetNumber = null;
        if (package.IsKeyFrame)
        {
            // Between key frames presentation times go back and forth with B-frames; from key frame to key frame they grow.
            _video.CheckTime(package.StartTime);
            _keyFramesWithoutSets += _haveParameterSets ? 0 : 1;
            _haveParameterSets = false;
        }
    }

    private void CheckFlag(uint? flag)
    {
        bool fits = _eventPlan ? flag is 1 or 2 : flag is null;
        if (fits)
        {
            _planInFlight = false;
        }
        else if (!_planInFlight)
        {
            _missingFlags += _eventPlan ? 1 : 0;
            _unexpectedFlags += _eventPlan ? 0 : 1;
        }
    }
}
