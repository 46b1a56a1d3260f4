using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Cli.Remote;

/// <summary>What a gateway tells, for people: a line each. What a device wrote in it stays text on a terminal.</summary>
internal static class RemoteLines
{
    private static readonly string[] EventNames = ["event 0", "motion", "sound", "face", "person-count", "human-shape"];

    private static readonly string[] Headings =
        ["DEVICE", "CHANNEL", "ADDRESS", "PLAN", "VIDEO", "PICTURES", "KBIT/S", "LAST-PACKET", "VIOLATIONS", "STATUS", "CARD", "FIRMWARE"];

    /// <summary>ID COMMAND OUTCOME SECONDS [RESPONSE] [; fault]...</summary>
    public static string Answer(JsonElement answer)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{Text(answer, "device")} {Text(answer, "command")} {Text(answer, "outcome")}");
        line.Append(CultureInfo.InvariantCulture, $" {answer.GetProperty("seconds").GetDouble():0.000} s");
        if (answer.TryGetProperty("response", out JsonElement response))
        {
            line.Append(' ').Append(response.GetRawText());
        }

        foreach (JsonElement problem in answer.GetProperty("problems").EnumerateArray())
        {
            line.Append("; ").Append(problem.GetString());
        }

        return Printable(line.ToString());
    }

    /// <summary>TIME ID KIND start|end [MESSAGE]</summary>
    public static string Event(JsonElement entry)
    {
        int type = entry.GetProperty("type").GetInt32();
        string name = type >= 0 && type < EventNames.Length ? EventNames[type] : string.Create(CultureInfo.InvariantCulture, $"event {type}");
        string edge = entry.GetProperty("status").GetInt32() == 1 ? "start" : "end";
        DateTimeOffset time = entry.GetProperty("deviceTime").GetDateTimeOffset();
        return Printable(string.Create(
            CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Text(entry, "deviceId")} {name} {edge} {Text(entry, "message")}").TrimEnd());
    }

    /// <summary>A table of devices.</summary>
    public static IEnumerable<string> Devices(JsonElement devices)
    {
        string[][] rows = [Headings, .. devices.EnumerateArray().Select(Row)];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
        }
    }

    private static string[] Row(JsonElement device)
    {
        JsonElement reported = device.GetProperty("reported");
        string[] cells =
        [
            Text(device, "id"),
            device.GetProperty("channel").GetRawText(),
            Text(device, "address"),
            Text(device, "plan"),
            $"{Text(device, "codec")} {device.GetProperty("width").GetRawText()}x{device.GetProperty("height").GetRawText()}",
            device.GetProperty("pictures").GetRawText(),
            (device.GetProperty("bitRate").GetInt64() / 1000).ToString(CultureInfo.InvariantCulture),
            device.GetProperty("lastPacketAt").GetDateTimeOffset().ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            device.GetProperty("violationCount").GetRawText(),
            Text(reported, "status"),
            Text(reported, "sdCardStatus") switch { "1" => "none", "2" => "faulty", "3" => "good", var other => other },
            Text(reported, "firmwareVersion"),
        ];
        return [.. cells.Select(static cell => cell.Length == 0 ? "-" : Printable(cell))];
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });
}
