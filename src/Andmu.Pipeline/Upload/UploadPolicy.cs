namespace Andmu.Pipeline.Upload;

/// <summary>What to send, by the plan, by who watches and by what has happened (specification 5.2.1, 5.2.3, 5.2.8, 6.2). Pure and total.</summary>
/// <remarks>
/// <code>
///   plan               nobody watches     somebody watches    an event's clip is due
///   0 trial, 1 cloud   live               live                live
///   2 expired          idle               live                idle, or live if watched
///   3 event            idle               live, flag 2        event, flag 1
///   44 deleted, other  idle               idle                idle
/// </code>
/// A device that is switched off sends nothing on any plan (specification 5.2.9, request 1815); its heartbeat stays.
/// The microphone is no part of this: muted sound is silence, and is sent as sound is (see <see cref="MediaTrack.IsMuted"/>).
/// </remarks>
internal static class UploadPolicy
{
    /// <summary>control_flag of media that an event caused, on the event-recording plan: the platform records it (specification 5.2.3).</summary>
    internal const uint CausedByEvent = 1;

    /// <summary>control_flag of media that a viewer caused, on the event-recording plan: the platform does not record it (specification 5.2.3).</summary>
    internal const uint CausedByViewer = 2;

    private static UploadDecision Idle => new(UploadMode.Idle, null, CursorStart.Stay);

    public static UploadDecision Decide(in UploadSituation situation)
    {
        if (!situation.IsDeviceOn)
        {
            return Idle;
        }

        bool watched = situation.Viewers > 0;
        return situation.Plan switch
        {
            DevicePlan.Trial or DevicePlan.Cloud => Continuously(situation),
            DevicePlan.Expired when watched => Live(situation, flag: null),
            DevicePlan.Event when situation.Clip != ClipSituation.None => Event(situation),
            DevicePlan.Event when watched => Live(situation, CausedByViewer),
            _ => Idle,
        };
    }

    /// <summary>A plan that becomes a continuous one in the middle of an event's clip takes the clip along: its pre-roll is not lost to the change.</summary>
    private static UploadDecision Continuously(in UploadSituation situation)
    {
        bool clipIsAhead = situation is { Current: UploadMode.Idle, Clip: ClipSituation.Ahead };
        return clipIsAhead ? new UploadDecision(UploadMode.Live, null, CursorStart.Clip) : Live(situation, flag: null);
    }

    private static UploadDecision Live(in UploadSituation situation, uint? flag) =>
        new(UploadMode.Live, flag, situation.Current == UploadMode.Idle ? CursorStart.NewestGop : CursorStart.Stay);

    /// <summary>Specification 5.2.3, point 3: when an event starts while a viewer watches, the flag turns from 2 to 1, and the platform puts what it has
    /// cached before it. It has only what was sent: if that reaches back over the pre-roll without a gap, the flag just turns and nothing
    /// is sent twice; if not, the pre-roll is sent from the device's own buffer, with the numbers and times that it had.</summary>
    private static UploadDecision Event(in UploadSituation situation) =>
        new(UploadMode.Event, CausedByEvent, situation.Clip == ClipSituation.Covered ? CursorStart.Stay : CursorStart.Clip);
}
