namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// What runs on the device; decides which firmware the platform offers (specification 5.1.7). A wrong value throws
/// <see cref="ArgumentException"/> when it is set.
/// </summary>
public sealed record DeviceInfo
{
    /// <summary>The model id (specification 1.2.2.4).</summary>
    public required string DeviceModelId { get; init => field = Limits.Text(value, nameof(DeviceModelId)); }

    /// <summary>Version of the firmware, for instance <c>1.2.300</c>.</summary>
    public required string FirmwareVersion { get; init => field = Limits.Text(value, nameof(FirmwareVersion)); }

    /// <summary>Version of the camera application, for instance <c>2.15.200</c>.</summary>
    public required string CameraAppVersion { get; init => field = Limits.Text(value, nameof(CameraAppVersion)); }
}
