using System.Text.Json;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>A status update as the platform wants it: strings throughout (specification 5.1.6).</summary>
internal static class CamParam
{
    public static void Write(Utf8JsonWriter json, CameraStatusUpdate update)
    {
        json.WriteStartObject("camParam"u8);
        RequestJson.WriteText(json, "status"u8, OnOff(update.Status));
        RequestJson.WriteText(json, "personStatus"u8, OnOff(update.PersonStatus));
        RequestJson.WriteText(json, "wifiSSID"u8, update.WifiSsid);
        RequestJson.WriteText(json, "sdcardStatus"u8, update.SdCardStatus?.ToString("D"));
        RequestJson.WriteText(json, "deviceAngle"u8, update.DeviceAngle?.ToString());
        RequestJson.WriteText(json, "binoParam"u8, update.BinoParam);
        json.WriteEndObject();
    }

    private static string? OnOff(bool? value) => value switch { true => "On", false => "Off", null => null };
}
