namespace Andmu.Pipeline.Gateway;

/// <summary>What a device reported of itself over the OpenAPI (specification 5.1.3, 5.1.6 and 5.1.7); null or empty where it has not.</summary>
public sealed record DeviceReport
{
    /// <summary>On or Off.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it counts persons: On or Off.</summary>
    public string? PersonStatus { get; init; }

    /// <summary>1 no SD card, 2 a faulty one, 3 a good one.</summary>
    public string? SdCardStatus { get; init; }

    /// <summary>The Wi-Fi network that it is in.</summary>
    public string? WifiSsid { get; init; }

    /// <summary>Its capabilities by name: whether it has them.</summary>
    public IReadOnlyDictionary<string, bool> Capabilities { get; init; } = new Dictionary<string, bool>();

    /// <summary>Its model.</summary>
    public string? ModelId { get; init; }

    /// <summary>The version of its firmware.</summary>
    public string? FirmwareVersion { get; init; }

    /// <summary>The version of its camera app.</summary>
    public string? CameraAppVersion { get; init; }
}
