using System.Text.Json;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Reports;

/// <summary>
/// What a device did in a day: <c>msg</c> of a DevIpCamCmd of type 2, sent every 24 hours, best between 00:00 and 04:00 (specification
/// 5.2.12).
/// </summary>
public sealed record DeviceStatistics
{
    /// <summary>Largest <see cref="SelfDefined"/> in bytes of UTF-8; the specification sets none.</summary>
    public const int MaxSelfDefinedBytes = 4096;

    /// <summary>Begin of the time counted (<c>startTime</c>, sent in milliseconds).</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End of the time counted (<c>endTime</c>, sent in milliseconds).</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>What was sent, in MB (<c>totalSize</c>).</summary>
    public long TotalMegabytes { get; init; }

    /// <summary>Video frames made (<c>totalVideoFrames</c>).</summary>
    public long TotalVideoFrames { get; init; }

    /// <summary>Video frames dropped (<c>dropVideoFrames</c>).</summary>
    public long DroppedVideoFrames { get; init; }

    /// <summary>Audio packs made (<c>totalAudioFrames</c>).</summary>
    public long TotalAudioFrames { get; init; }

    /// <summary>Audio packs dropped (<c>dropAudioFrames</c>).</summary>
    public long DroppedAudioFrames { get; init; }

    /// <summary>How long the device was connected, sent in whole seconds (<c>onlineDuration</c>).</summary>
    public TimeSpan Online { get; init; }

    /// <summary>How often the connection was lost (<c>disconnectTimes</c>).</summary>
    public int DisconnectCount { get; init; }

    /// <summary>How often the device started anew (<c>rebootTimes</c>).</summary>
    public int RebootCount { get; init; }

    /// <summary>Mean time from the capture of video until it was sent, sent in whole milliseconds (<c>delay</c>).</summary>
    public TimeSpan MeanDelay { get; init; }

    /// <summary>How often a call of the OpenAPI failed (<c>openApiFailureTimes</c>).</summary>
    public int OpenApiFailureCount { get; init; }

    /// <summary>How often a gateway was asked for (<c>assignHedgwIpTimes</c>).</summary>
    public int AddressRequestCount { get; init; }

    /// <summary>Anything of the maker's own, as JSON (<c>selfDefine</c>); left out when null.</summary>
    /// <exception cref="ArgumentException">It is not well-formed JSON of valid Unicode, too deep, or too long.</exception>
    public string? SelfDefined
    {
        get;
        init => field = value is null || JsonText.IsClean(value, MaxSelfDefinedBytes)
            ? value
            : throw new ArgumentException($"It must be well-formed JSON of at most {MaxSelfDefinedBytes} bytes.", nameof(SelfDefined));
    }

    /// <summary>The message.</summary>
    /// <param name="session">A session of the device's own.</param>
    /// <param name="stamp">Number and time of the message; the time goes out in milliseconds.</param>
    /// <returns>JSON.</returns>
    public string ToJson(MessageSession session, MessageStamp stamp) => JsonMessage.Write(writer =>
    {
        writer.WriteStartObject("statistics");
        WriteCounts(writer);
        writer.WriteEndObject();
        session.Write(writer);
        writer.WriteNumber("msgSequence", stamp.Sequence);
        writer.WriteNumber("msgTimeStamp", stamp.Time.ToUnixTimeMilliseconds());
        writer.WriteString("msgCategory", "camera");
    });

    private void WriteCounts(Utf8JsonWriter writer)
    {
        writer.WriteNumber("startTime", Start.ToUnixTimeMilliseconds());
        writer.WriteNumber("endTime", End.ToUnixTimeMilliseconds());
        writer.WriteNumber("totalSize", TotalMegabytes);
        writer.WriteNumber("totalVideoFrames", TotalVideoFrames);
        writer.WriteNumber("dropVideoFrames", DroppedVideoFrames);
        writer.WriteNumber("totalAudioFrames", TotalAudioFrames);
        writer.WriteNumber("dropAudioFrames", DroppedAudioFrames);
        writer.WriteNumber("onlineDuration", (long)Online.TotalSeconds);
        writer.WriteNumber("disconnectTimes", DisconnectCount);
        writer.WriteNumber("rebootTimes", RebootCount);
        writer.WriteNumber("delay", (long)MeanDelay.TotalMilliseconds);
        writer.WriteNumber("openApiFailureTimes", OpenApiFailureCount);
        writer.WriteNumber("assignHedgwIpTimes", AddressRequestCount);
        if (SelfDefined is { } json)
        {
            writer.WritePropertyName("selfDefine");
            writer.WriteRawValue(json);
        }
    }
}
