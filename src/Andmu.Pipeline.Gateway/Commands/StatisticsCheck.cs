using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>Holds a statistics message against specification 5.2.12. selfDefine is the vendor's own, in any form.</summary>
internal static class StatisticsCheck
{
    // One is kept for each of some days; 16 KiB leave room for any selfDefine of sense.
    private const int MaxLength = 16 * 1024;

    private static readonly string[] Counts =
    [
        "totalSize", "totalVideoFrames", "dropVideoFrames", "totalAudioFrames", "dropAudioFrames", "onlineDuration", "disconnectTimes",
        "rebootTimes", "delay", "openApiFailureTimes", "assignHedgwIpTimes",
    ];

    /// <summary>Reads and checks the message; null when it is too long to be kept, or no object.</summary>
    public static DeviceStatistics? Read(FieldReader reader, JsonElement root, DateTimeOffset now)
    {
        reader.Envelope(root);
        if (reader.Member(root, "statistics", JsonValueKind.Object) is not { } statistics)
        {
            return null;
        }

        long? start = reader.Integer(statistics, "startTime", 0, long.MaxValue);
        long? end = reader.Integer(statistics, "endTime", 0, long.MaxValue);
        reader.Require(start is null || end is null || start < end, "endTime is not after startTime");
        foreach (string count in Counts)
        {
            reader.Integer(statistics, count, 0, long.MaxValue);
        }

        string json = statistics.GetRawText();
        reader.Require(json.Length <= MaxLength, $"{json.Length} characters, at most {MaxLength} are taken");
        return json.Length <= MaxLength ? new DeviceStatistics(now, json) : null;
    }
}
