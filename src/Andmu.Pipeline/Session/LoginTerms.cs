namespace Andmu.Pipeline.Session;

/// <summary>What the platform asks of a device that has logged in, beside the plan and the heartbeat (DevLoginResp, specification 5.2.1).</summary>
/// <param name="PersonCountSpan">Time between two person counts; null when the platform does not say, or says 0.</param>
/// <param name="SdUpload">What of an outage is to be sent later.</param>
/// <param name="ServiceDays">Days that the plan covers, for all-day and event recording; null when the platform does not say.</param>
public sealed record LoginTerms(TimeSpan? PersonCountSpan, SdUploadMode SdUpload, int? ServiceDays);

/// <summary>What of an outage a device with an SD card sends later (sd_upload_mode, specification 5.2.1 and 5.2.4).</summary>
public enum SdUploadMode
{
    /// <summary>The platform does not say.</summary>
    Unknown = 0,

    /// <summary>All media.</summary>
    All = 1,

    /// <summary>The media of events only.</summary>
    EventsOnly = 2,
}
