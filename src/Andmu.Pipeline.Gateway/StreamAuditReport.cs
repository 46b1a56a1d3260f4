namespace Andmu.Pipeline.Gateway;

/// <summary>How well one connection has kept to the specification so far; a snapshot.</summary>
public readonly record struct StreamAuditReport
{
    /// <summary>Key frames that no parameter-set package came before (specification 5.2.3); a violation.</summary>
    public long KeyFramesWithoutParameterSets { get; init; }

    /// <summary>
    /// Places where a GOP was entered or went on without its key frame: after a gap in seq_num, or at the start of the connection
    /// (specification 5.3.1); a violation. Pictures of H.265 that lead a key frame may be missing behind it.
    /// </summary>
    public long GopsResumed { get; init; }

    /// <summary>Places where audio seq_num jumped ahead and the video's did not (specification 5.3.1); a violation.</summary>
    public long AudioGapsWithoutVideoGap { get; init; }

    /// <summary>Media packages whose data_size is not the size of their data (specification 5.2.3); a violation.</summary>
    public long DataSizeMismatches { get; init; }

    /// <summary>
    /// Packages with a seq_num that came before on this connection; a violation. Where media flows on demand only (plans expired and
    /// event) a device may go back to a key frame behind its parameter sets, and send on from there with unchanged numbers.
    /// </summary>
    public long RepeatedSequenceNumbers { get; init; }

    /// <summary>Key frames and audio packs whose start_time did not grow, other than a restart near 0; a violation.</summary>
    public long StartTimeViolations { get; init; }

    /// <summary>Audio packs that are neither 20 nor 40 ms after the one before (specification 5.2.3); a violation.</summary>
    public long AudioStepViolations { get; init; }

    /// <summary>Packages without a control_flag of 1 or 2 on the event plan (specification 5.2.3); a violation.</summary>
    public long MissingControlFlags { get; init; }

    /// <summary>Packages with a control_flag on any other plan; a violation.</summary>
    public long UnexpectedControlFlags { get; init; }

    /// <summary>
    /// Media packages that the plan does not allow: on the plan expired, or with control_flag 2 on the event plan, while no viewer
    /// watches; any on a deleted device (specification 5.2.3 and 6.2); a violation. What was under way at the change is allowed.
    /// </summary>
    public long MediaAgainstPlan { get; init; }

    /// <summary>Pings that came later than one and a half heartbeat intervals after the one before (specification 5.2.2); a violation.</summary>
    public long LatePings { get; init; }

    /// <summary>
    /// Faults in answers, progress, panorama pictures and statistics, in person counts, and in thumbnails and their rhythm
    /// (specification 5.2.6, 5.2.7 and 5.2.10 to 5.2.12); a violation each.
    /// </summary>
    public long MessageViolations { get; init; }

    /// <summary>Places where video seq_num jumped ahead: what the device dropped. No violation.</summary>
    public long VideoGaps { get; init; }

    /// <summary>Video packages missing in those places.</summary>
    public long VideoPackagesMissing { get; init; }

    /// <summary>Places where audio seq_num jumped ahead. No violation.</summary>
    public long AudioGaps { get; init; }

    /// <summary>Audio packages missing in those places.</summary>
    public long AudioPackagesMissing { get; init; }

    /// <summary>Packages that were sent again with their numbers unchanged, from a key frame on, where that is allowed. No violation.</summary>
    public long ResentPackages { get; init; }

    /// <summary>Times that a track's start_time began anew near 0, as after a change of resolution. No violation.</summary>
    public long TimelineRestarts { get; init; }

    /// <summary>The longest time between two pings, the first counted from the login.</summary>
    public TimeSpan LongestPingInterval { get; init; }

    /// <summary>The sum of all violations.</summary>
    public long Violations =>
        KeyFramesWithoutParameterSets + DataSizeMismatches + RepeatedSequenceNumbers + StartTimeViolations + AudioStepViolations
        + MissingControlFlags + UnexpectedControlFlags + LatePings + GopsResumed + AudioGapsWithoutVideoGap + MediaAgainstPlan
        + MessageViolations;
}
