using System.Globalization;
using System.Text.Json.Serialization;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Measuring;

/// <summary>What <c>push --stats</c> writes; the names are fixed, as scripts read them.</summary>
internal sealed class PushReport
{
    public PushReport(FeedCounters feed, UplinkStatistics uplink, SendingCost cost)
    {
        Frames = feed.Frames;
        Bytes = uplink.Sent.Bytes;
        Dropped = uplink.Dropped.Packages;
        GopsDropped = uplink.Dropped.Gops;
        CpuSeconds = Rounded(cost.CpuSeconds);
        WallSeconds = Rounded(cost.WallSeconds);
        ResidentKilobytes = cost.ResidentKilobytes;
        AllocatedBytes = cost.AllocatedBytes;
        GigabytesPerSecond = Rounded(cost.GigabytesPerSecond);
        CpuSecondsPerGigabyte = Rounded(cost.CpuSecondsPerGigabyte);
        Reconnects = Math.Max(0, uplink.Logins - 1);
        Events = feed.Events;
    }

    /// <summary>Pictures taken from the input.</summary>
    [JsonPropertyName("frames")]
    public long Frames { get; }

    /// <summary>Bytes of media sent, each counted once.</summary>
    [JsonPropertyName("bytes")]
    public long Bytes { get; }

    /// <summary>Pictures and audio packs lost between the input and the network.</summary>
    [JsonPropertyName("dropped")]
    public long Dropped { get; }

    /// <summary>Key frames among <see cref="Dropped"/>.</summary>
    [JsonPropertyName("gops_dropped")]
    public long GopsDropped { get; }

    /// <inheritdoc cref="SendingCost.CpuSeconds"/>
    [JsonPropertyName("cpu_s")]
    public double CpuSeconds { get; }

    /// <inheritdoc cref="SendingCost.WallSeconds"/>
    [JsonPropertyName("wall_s")]
    public double WallSeconds { get; }

    /// <inheritdoc cref="SendingCost.ResidentKilobytes"/>
    [JsonPropertyName("rss_kb")]
    public long ResidentKilobytes { get; }

    /// <inheritdoc cref="SendingCost.AllocatedBytes"/>
    [JsonPropertyName("alloc_bytes")]
    public long AllocatedBytes { get; }

    /// <inheritdoc cref="SendingCost.GigabytesPerSecond"/>
    [JsonPropertyName("gb_per_s")]
    public double GigabytesPerSecond { get; }

    /// <inheritdoc cref="SendingCost.CpuSecondsPerGigabyte"/>
    [JsonPropertyName("cpu_s_per_gb")]
    public double CpuSecondsPerGigabyte { get; }

    /// <summary>Logins after the first.</summary>
    [JsonPropertyName("reconnects")]
    public int Reconnects { get; }

    /// <summary>Events reported.</summary>
    [JsonPropertyName("events")]
    public long Events { get; }

    /// <summary>For people, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Frames} frames, {Bytes / 1e6:0.00} MB in {WallSeconds:0.0} s, {Dropped} dropped, {Reconnects} reconnects, {Events} events");

    private static double Rounded(double value) => Math.Round(value, 6);
}

/// <summary>Compiled serialisation, as trimming asks for.</summary>
[JsonSerializable(typeof(PushReport))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class ReportJson : JsonSerializerContext;
