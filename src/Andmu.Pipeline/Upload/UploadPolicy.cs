namespace Andmu.Pipeline.Upload;

/// <summary>What to send, by the plan and by who watches (specification 5.2.1, 5.2.3, 5.2.8, 6.2). Pure.</summary>
internal static class UploadPolicy
{
    /// <summary>control_flag of media that a viewer caused, on the event-recording plan: not recorded by the platform (specification 5.2.3).</summary>
    private const uint CausedByViewer = 2;

    public static UploadDecision Decide(DevicePlan plan, int viewers) => plan switch
    {
        DevicePlan.Trial or DevicePlan.Cloud => new UploadDecision(true, null),
        DevicePlan.Expired when viewers > 0 => new UploadDecision(true, null),
        DevicePlan.Event when viewers > 0 => new UploadDecision(true, CausedByViewer),
        _ => default,
    };
}
