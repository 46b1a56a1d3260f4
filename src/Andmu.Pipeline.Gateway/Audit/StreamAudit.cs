namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Holds one connection against the specification's rules for media and heartbeats. Pure: packages and times in, counts and words out.
/// Not safe for more than one thread at a time.
/// </summary>
internal sealed class StreamAudit
{
    private readonly AuditFindings _findings = new();
    private readonly TrackAudit _video = new();
    private readonly TrackAudit _audio = new();
    private readonly GapMatch _gaps = new();
    private readonly PlanAudit _plan;
    private readonly TimeSpan _latePing;
    private readonly bool _hasLeadingPictures;

    private uint? _parameterSetNumber;
    private bool _setsAreLast; // of what came on the video track
    private uint _lastVideoTime;
    private uint? _cutKeyTime;
    private long _rewinds;
    private long _rewindsAtAudio;

    private long _keyFramesWithoutSets;
    private long _gopsResumed;
    private long _lonelyAudioGaps;
    private long _sizeMismatches;
    private long _stepViolations;
    private long _latePings;
    private long _messageViolations;
    private TimeSpan _longestPing;

    /// <param name="pingPongSpan">The heartbeat interval that the device was told.</param>
    /// <param name="hasLeadingPictures">H.265: pictures that follow a key frame and need what was before it may be missing (8.1.3).</param>
    public StreamAudit(TimeSpan pingPongSpan, bool hasLeadingPictures = false)
    {
        _latePing = pingPongSpan * 1.5;
        _hasLeadingPictures = hasLeadingPictures;
        _plan = new PlanAudit(_findings);
    }

    /// <summary>Plan and viewers.</summary>
    public PlanAudit Plan => _plan;

    /// <summary>What was wrong, in words.</summary>
    public AuditFindings Findings => _findings;

    /// <summary>Counts a ping; one that waited while the platform did not read is not late, and its interval says nothing.</summary>
    public void AddPing(TimeSpan sinceLast, bool isHeld = false)
    {
        if (isHeld)
        {
            return;
        }

        _longestPing = sinceLast > _longestPing ? sinceLast : _longestPing;
        if (sinceLast > _latePing)
        {
            _latePings++;
            _findings.Add($"a ping came {sinceLast.TotalSeconds:0.0} s after the one before, {_latePing.TotalSeconds:0.0} s at most are allowed for (specification 5.2.2)");
        }
    }

    /// <summary>Counts a fault in what stands outside the tracks.</summary>
    public void AddMessageViolation(string finding)
    {
        _messageViolations++;
        _findings.Add(finding);
    }

    public void AddMedia(in MediaFacts package, DateTimeOffset now)
    {
        if (package.DataSize != package.DataLength)
        {
            _sizeMismatches++;
            _findings.Add($"{package}: data_size is {package.DataSize}, the data are {package.DataLength} bytes (specification 5.2.3)");
        }

        switch (package.PackageType)
        {
            case PackageType.Audio:
                _plan.Check(package, now);
                AddAudio(package);
                break;
            case PackageType.Video:
                _plan.Check(package, now);
                AddVideo(package);
                break;
            case PackageType.ParameterSets:
                _plan.Check(package, now);
                _setsAreLast = true;
                _parameterSetNumber = package.SequenceNumber;
                break;
            default:
                break; // Thumbnails stand outside the tracks.
        }
    }

    public StreamAuditReport Report() => new()
    {
        KeyFramesWithoutParameterSets = _keyFramesWithoutSets,
        GopsResumed = _gopsResumed,
        AudioGapsWithoutVideoGap = _lonelyAudioGaps,
        DataSizeMismatches = _sizeMismatches,
        RepeatedSequenceNumbers = _video.Repeated + _audio.Repeated,
        StartTimeViolations = _video.TimeViolations + _audio.TimeViolations,
        AudioStepViolations = _stepViolations,
        MissingControlFlags = _plan.MissingFlags,
        UnexpectedControlFlags = _plan.UnexpectedFlags,
        MediaAgainstPlan = _plan.AgainstPlan,
        LatePings = _latePings,
        MessageViolations = _messageViolations,
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
        bool mayGoBack = _rewinds != _rewindsAtAudio;
        _rewindsAtAudio = _rewinds;
        SequenceStep step = _audio.CheckSequence(package.SequenceNumber, skipped: null, mayGoBack);
        TellIfIllegal(step == SequenceStep.Back && !mayGoBack, package, "audio goes back only when video does");
        int? time = CheckTime(_audio, package);
        if (step == SequenceStep.Next && time is { } ms and not (20 or 40) && ms > 0)
        {
            _stepViolations++;
            _findings.Add($"{package}: {ms} ms after the pack before, 20 or 40 are allowed (specification 5.2.3)");
        }
        else if (step == SequenceStep.Gap && time > 0)
        {
            _gaps.AddAudioGap(new GapMatch.Gap(_audio.TimeBefore!.Value, package.StartTime, package.SequenceNumber));
        }
    }

    private void AddVideo(in MediaFacts package)
    {
        bool isWhole = package.IsKeyFrame && _setsAreLast;
        bool mayGoBack = isWhole && _plan.IsOnDemand;

        // The specification does not say whether parameter sets take a number of the video's; both ways are fine.
        SequenceStep step = _video.CheckSequence(package.SequenceNumber, _parameterSetNumber, mayGoBack);
        _parameterSetNumber = null;
        _setsAreLast = false;
        _rewinds += step == SequenceStep.Back && mayGoBack ? 1 : 0;
        TellIfIllegal(step == SequenceStep.Back && !mayGoBack, package, isWhole
            ? "nothing is sent again on a plan of continuous upload"
            : "video goes back only to a key frame behind its parameter sets");
        if (package.IsKeyFrame)
        {
            AddKeyFrame(package, step, isWhole);
        }
        else
        {
            AddDependentPicture(package, step);
        }

        MatchGaps(package, step);
        _lastVideoTime = package.StartTime;
    }

    private void AddKeyFrame(in MediaFacts package, SequenceStep step, bool isWhole)
    {
        // Between key frames presentation times go back and forth with B-frames; from key frame to key frame they grow.
        long restarts = _video.Restarts;
        CheckTime(_video, package);
        if (_video.Restarts != restarts)
        {
            _gaps.Clear();
        }

        _cutKeyTime = step == SequenceStep.Next ? null : package.StartTime;
        if (!isWhole)
        {
            _keyFramesWithoutSets++;
            _findings.Add($"{package}: no parameter sets between this key frame and the picture before it (specification 5.2.3)");
        }
    }

    private void AddDependentPicture(in MediaFacts package, SequenceStep step)
    {
        bool mayBeLeading = _hasLeadingPictures && _cutKeyTime is not null;
        if (_cutKeyTime is { } key && (int)(package.StartTime - key) > 0)
        {
            _cutKeyTime = null;
        }

        if (step == SequenceStep.First || (step == SequenceStep.Gap && !mayBeLeading))
        {
            _gopsResumed++;
            _findings.Add(step == SequenceStep.First
                ? $"{package}: the first picture is not a key frame (specification 5.2.3)"
                : $"{package}: the GOP goes on after a gap behind number {_video.Before}; parameter sets and a key frame must come (specification 5.3.1)");
        }
    }

    private void MatchGaps(in MediaFacts package, SequenceStep step)
    {
        if (step != SequenceStep.Next)
        {
            uint from = step == SequenceStep.Gap ? _lastVideoTime : package.StartTime;
            _gaps.AddVideoJump(new GapMatch.Gap(from, package.StartTime, package.SequenceNumber));
        }
        else if (_gaps.Pass(package.StartTime) is { } gap)
        {
            _lonelyAudioGaps++;
            _findings.Add($"audio {gap.Number} at {gap.To} ms: numbers are missing before it, but none of the video (specification 5.3.1)");
        }
    }

    private void TellIfIllegal(bool isIllegal, in MediaFacts package, string rule)
    {
        if (isIllegal)
        {
            _findings.Add($"{package}: seq_num came before on this connection; {rule} (specification 5.2.3)");
        }
    }

    private int? CheckTime(TrackAudit track, in MediaFacts package)
    {
        long before = track.TimeViolations;
        int? step = track.CheckTime(package.StartTime);
        if (track.TimeViolations != before)
        {
            _findings.Add($"{package}: start_time did not grow, it was {track.TimeBefore} ms before (specification 5.2.3)");
        }

        return step;
    }
}
