namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>
/// The <c>jsonObject</c> of any of the seven calls: the keys that all have (specification 5.1), then those of one call each. What is
/// null is not written.
/// </summary>
internal sealed record RequestMessage
{
    public required string MsgType { get; init; }

    public required string DeviceMacAddress { get; init; }

    public required string DeviceId { get; init; }

    /// <summary>After registration.</summary>
    public string? DeviceToken { get; init; }

    public string? UserMobile { get; init; }

    public string? UserToken { get; init; }

    public string? DeviceModelId { get; init; }

    public string? Comment { get; init; }

    /// <summary>"1" when the QR code was encrypted, else absent.</summary>
    public string? RegistMode { get; init; }

    public DeviceCapabilities? SupportKey { get; init; }

    public CameraStatusUpdate? CamParam { get; init; }

    public string? FirmwareVersion { get; init; }

    public string? CameraAppVersion { get; init; }

    public override string ToString() => MsgType;
}
