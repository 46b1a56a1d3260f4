using System.Text.Json.Serialization;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>A status update as the platform wants it: strings throughout (specification 5.1.6).</summary>
internal sealed class CamParam(CameraStatusUpdate update)
{
    public string? Status => OnOff(update.Status);

    public string? PersonStatus => OnOff(update.PersonStatus);

    [JsonPropertyName("wifiSSID")]
    public string? WifiSsid => update.WifiSsid;

    public string? SdcardStatus => update.SdCardStatus?.ToString("D");

    public string? DeviceAngle => update.DeviceAngle?.ToString();

    public string? BinoParam => update.BinoParam;

    private static string? OnOff(bool? value) => value switch { true => "On", false => "Off", null => null };
}
