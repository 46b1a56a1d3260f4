namespace Andmu.Pipeline.Session;

/// <summary>Why an uplink is not, or no longer, online, in words for a log.</summary>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">What is wrong, and where somebody has to act, what to do; holds no secret.</param>
/// <param name="Code">The platform's result code, when it gave one.</param>
public sealed record UplinkFault(UplinkFaultKind Kind, string Message, int? Code = null)
{
    internal const string RegisterAgain = "Register the device again, with a new QR code or wired binding.";

    /// <summary>The device was deleted, as its plan says: at the login, or later.</summary>
    internal static UplinkFault DeletedBy(DevicePlan plan) =>
        new(UplinkFaultKind.DeviceDeleted, $"The device was deleted from its account (plan {(int)plan}). {RegisterAgain}", (int)plan);
}
