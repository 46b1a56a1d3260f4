using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Measuring;

/// <summary>What <c>push --stats</c> writes; the names are fixed, as scripts read them.</summary>
internal sealed class PushReport
{
    public PushReport(FeedCounters feed, UplinkStatistics uplink, DropLedger drops, SendingCost cost)
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
        Reconnects = uplink.Reconnects;
        Events = feed.Events;
        Clips = uplink.Clips;
        ShortClips = uplink.ShortClips;
        ClipShortfallSeconds = Rounded(uplink.ClipShortfall.TotalSeconds);
        SendLatencyMilliseconds = uplink.Flushes > 0 ? Rounded(uplink.SendLatency.TotalMilliseconds / uplink.Flushes) : 0;
        GopsDroppedByReason = Enum.GetValues<DropReason>().ToDictionary(NameOf, reason => drops[reason].Gops);
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

    /// <summary>Event clips that have ended, whole or not: on the event plan only.</summary>
    [JsonPropertyName("clips")]
    public int Clips { get; }

    /// <summary>Of <see cref="Clips"/>, those of which something is missing.</summary>
    [JsonPropertyName("short_clips")]
    public int ShortClips { get; }

    /// <summary>Pre-roll and post-roll that is missing of them, summed up.</summary>
    [JsonPropertyName("clip_shortfall_s")]
    public double ClipShortfallSeconds { get; }

    /// <summary>From the write of a picture until the network has taken it, on average over the batches.</summary>
    [JsonPropertyName("send_latency_ms")]
    public double SendLatencyMilliseconds { get; }

    /// <summary><see cref="GopsDropped"/>, by the reason.</summary>
    [JsonPropertyName("gops_dropped_by_reason")]
    public IReadOnlyDictionary<string, long> GopsDroppedByReason { get; }

    /// <summary>For people, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Frames} frames, {Bytes / 1e6:0.00} MB in {WallSeconds:0.0} s, {Dropped} dropped, {Reconnects} reconnects, {Events} events{(Clips > 0 ? $", {Clips - ShortClips} of {Clips} clips whole" : "")}");

    private static string NameOf(DropReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    private static double Rounded(double value) => Math.Round(value, 6);
}

/// <summary>Compiled serialisation, as trimming asks for.</summary>
[JsonSerializable(typeof(PushReport))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class ReportJson : JsonSerializerContext;
