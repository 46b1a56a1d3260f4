using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>Takes what a device reports out of calls that were checked (specification 5.1.3 and 5.1.6).</summary>
internal static class DeviceReports
{
    // The specification has 10; a vendor may have some of its own.
    private const int MaxCapabilities = 64;
    private const int MaxTextLength = 128;

    public static DeviceReport WithCapabilities(DeviceReport report, JsonElement supportKey)
    {
        var capabilities = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (JsonProperty flag in supportKey.EnumerateObject())
        {
            if (capabilities.Count < MaxCapabilities && flag.Name.Length <= MaxTextLength)
            {
                capabilities[flag.Name] = flag.Value.GetInt32() == 1;
            }
        }

        return report with { Capabilities = capabilities };
    }

    public static DeviceReport WithParameters(DeviceReport report, JsonElement camParam) => report with
    {
        Status = Text(camParam, "status") ?? report.Status,
        PersonStatus = Text(camParam, "personStatus") ?? report.PersonStatus,
        SdCardStatus = Text(camParam, "sdcardStatus") ?? report.SdCardStatus,
        WifiSsid = Text(camParam, "wifiSSID") ?? report.WifiSsid,
    };

    // The SD card's status may be a number.
    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetInt32().ToString(CultureInfo.InvariantCulture);
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
    }
}
