namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// What has changed at the device (specification 5.1.6, <c>camParam</c>). What is null is not sent; at least one must be given.
/// </summary>
public sealed record CameraStatusUpdate
{
    /// <summary>Whether the camera is on; reported when a schedule has switched it.</summary>
    public bool? Status { get; init; }

    /// <summary>Whether persons are counted; reported when a schedule has switched it.</summary>
    public bool? PersonStatus { get; init; }

    /// <summary>Name of the Wi-Fi network, after joining one.</summary>
    public string? WifiSsid { get; init => field = value is null ? null : Limits.Text(value, nameof(WifiSsid)); }

    /// <summary>State of the SD card, when the device comes online and at every change.</summary>
    public SdCardStatus? SdCardStatus { get; init; }

    /// <summary>Geometry of the PTZ head; only for devices that have one.</summary>
    public DeviceAngle? DeviceAngle { get; init; }

    /// <summary>Parameters of a camera with two lenses, passed on as they are: the specification does not describe them.</summary>
    public string? BinoParam { get; init => field = value is null ? null : Limits.Text(value, nameof(BinoParam)); }
}
