using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Services;

/// <summary>What the statistics of a day are made of (specification 5.2.12). None is below 0.</summary>
/// <param name="Bytes">Given to the network.</param>
/// <param name="VideoFrames">Access units that the video encoder wrote.</param>
/// <param name="DroppedVideoFrames">Of them, those that were lost before the network.</param>
/// <param name="AudioFrames">Audio packs that were written.</param>
/// <param name="DroppedAudioFrames">Of them, those that were lost.</param>
/// <param name="OnlineMs">Time online, ms.</param>
/// <param name="Disconnects">Times that the connection broke, other than by the host's will.</param>
/// <param name="Starts">Times that the device was started.</param>
/// <param name="DelayMs">From capture until sent, ms, summed up over <paramref name="Batches"/>.</param>
/// <param name="Batches">Batches of media.</param>
/// <param name="OpenApiFailures">Calls of the OpenAPI that failed.</param>
/// <param name="AddressRequests">Times that the OpenAPI was asked for a gateway.</param>
internal sealed record StatisticsTotals(
    long Bytes, long VideoFrames, long DroppedVideoFrames, long AudioFrames, long DroppedAudioFrames, long OnlineMs, long Disconnects,
    long Starts, long DelayMs, long Batches, long OpenApiFailures, long AddressRequests)
{
    public static StatisticsTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Whether it can have been counted.</summary>
    public bool IsUsable =>
        (Bytes | VideoFrames | DroppedVideoFrames | AudioFrames | DroppedAudioFrames | OnlineMs | Disconnects
            | Starts | DelayMs | Batches | OpenApiFailures | AddressRequests) >= 0;

    /// <summary>From capture until sent, on average, ms.</summary>
    public long MeanDelayMs => Batches == 0 ? 0 : DelayMs / Batches;

    /// <summary>What has been counted since the uplink and the OpenAPI were made.</summary>
    public static StatisticsTotals Of(in UplinkStatistics uplink, long openApiFailures, long addressRequests) => None with
    {
        Bytes = uplink.BytesSent,
        VideoFrames = uplink.Captured.VideoPackages,
        DroppedVideoFrames = uplink.Dropped.VideoPackages,
        AudioFrames = uplink.Captured.AudioPackages,
        DroppedAudioFrames = uplink.Dropped.AudioPackages,
        DelayMs = (long)uplink.SendLatency.TotalMilliseconds,
        Batches = uplink.Flushes,
        OpenApiFailures = openApiFailures,
        AddressRequests = addressRequests,
    };

    /// <summary>Sum, member by member.</summary>
    public StatisticsTotals Plus(StatisticsTotals more) => Combine(more, static (sum, more) => sum > long.MaxValue - more ? long.MaxValue : sum + more);

    /// <summary>What was counted since an earlier reading; of a counter that began anew, what it has counted since.</summary>
    public StatisticsTotals Since(StatisticsTotals before) => Combine(before, static (now, before) => now >= before ? now - before : now);

    private StatisticsTotals Combine(StatisticsTotals other, Func<long, long, long> of) => new(
        of(Bytes, other.Bytes), of(VideoFrames, other.VideoFrames), of(DroppedVideoFrames, other.DroppedVideoFrames),
        of(AudioFrames, other.AudioFrames), of(DroppedAudioFrames, other.DroppedAudioFrames), of(OnlineMs, other.OnlineMs),
        of(Disconnects, other.Disconnects), of(Starts, other.Starts), of(DelayMs, other.DelayMs), of(Batches, other.Batches),
        of(OpenApiFailures, other.OpenApiFailures), of(AddressRequests, other.AddressRequests));
}
