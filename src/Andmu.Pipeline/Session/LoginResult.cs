namespace Andmu.Pipeline.Session;

/// <summary>What a login gave (DevLoginResp, specification 5.2.1).</summary>
/// <param name="Code">0 for ok, else the reason.</param>
/// <param name="Plan">Plan; cloud storage when the platform does not say.</param>
/// <param name="PingSpan">Time between two pings, or null when the platform does not say.</param>
/// <param name="ServerTime">The platform's clock, or null when it does not say or says it badly.</param>
internal readonly record struct LoginResult(int Code, DevicePlan Plan, TimeSpan? PingSpan, DateTimeOffset? ServerTime)
{
    /// <summary>What else the platform asks for.</summary>
    public LoginTerms? Terms { get; init; }

    /// <summary>The picture that the login told of, luma samples across.</summary>
    public int Width { get; init; }

    /// <summary>The picture that the login told of, luma samples down.</summary>
    public int Height { get; init; }

    /// <summary>The fault that a refusal is, or null when it was accepted.</summary>
    public UplinkFault? Fault => Code switch
    {
        0 when Plan == DevicePlan.Deleted => UplinkFault.DeletedBy(Plan),
        0 => null,
        2001 => new(UplinkFaultKind.LoginRefused, $"The login was refused: wrong credentials, or the device token has expired (2001). {UplinkFault.RegisterAgain}", Code),
        2008 => new(UplinkFaultKind.NotAdmitted, "The platform does not admit the device now (2008); it may come back in 90 s.", Code),
        2026 => new(UplinkFaultKind.DeviceDeleted, $"The device was deleted from its account (2026). {UplinkFault.RegisterAgain}", Code),
        _ => new(UplinkFaultKind.NotAdmitted, $"The login was refused with the unknown result {Code}; it may work in 90 s.", Code),
    };
}
