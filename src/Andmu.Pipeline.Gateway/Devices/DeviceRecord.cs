using System.Text;
using System.Text.Json.Serialization;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>A registered device, as <c>devices.json</c> keeps it. The token is a secret and is not printed.</summary>
internal sealed record DeviceRecord
{
    public required string DeviceId { get; init; }

    public required string Mac { get; init; }

    public required string UserMobile { get; init; }

    public required string ModelId { get; init; }

    public required string Token { get; init; }

    public required string UnifiedId { get; init; }

    public string? FirmwareVersion { get; init; }

    public string? CameraAppVersion { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append("DeviceId = ").Append(DeviceId);
        return true;
    }
}

/// <summary>Source-generated JSON of <c>devices.json</c>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeviceRecord[]))]
internal sealed partial class DeviceJson : JsonSerializerContext;
