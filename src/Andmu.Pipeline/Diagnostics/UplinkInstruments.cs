using System.Text.Json;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>Every instrument of <see cref="UplinkMeter"/> but the two histograms: names and units are held in README.md of this folder.</summary>
/// <remarks>
/// Names, units and attributes follow OpenTelemetry's conventions: what adds up over an attribute is one instrument. What the buffer holds is in ms, the unit of
/// times on the wire and in <see cref="BufferFill"/>, whole numbers all; what is measured by the clock is in s, as the conventions want it.
/// </remarks>
internal static class UplinkInstruments
{
    public static void AddTo(UplinkMeter meter)
    {
        AddMedia(meter);
        AddDrops(meter);
        AddBuffer(meter);
        AddConnection(meter);
        AddClips(meter);
        AddAdvice(meter);
    }

    /// <summary>The name of an enum's value as an attribute's value: NoRoom is no_room.</summary>
    public static string ValueOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void AddMedia(UplinkMeter meter)
    {
        meter.Count<long>(
            "andmu.uplink.captured.packages", "{package}", "Access units that the encoder wrote into the buffer",
            new(static (in r) => r.Statistics.Captured.VideoPackages, false, Media("video")),
            new(static (in r) => r.Statistics.Captured.AudioPackages, false, Media("audio")));
        meter.Count<long>(
            "andmu.uplink.captured.gops", "{gop}", "Key frames that the encoder wrote into the buffer", Always(static (in r) => r.Statistics.Captured.Gops));
        meter.Count<long>(
            "andmu.uplink.captured.io", "By", "Payload that the encoder wrote into the buffer", Always(static (in r) => r.Statistics.Captured.Bytes));
        meter.Count<long>(
            "andmu.uplink.packages", "{package}", "Access units written to a connection for the first time",
            new(static (in r) => r.Statistics.Sent.VideoPackages, false, Media("video")),
            new(static (in r) => r.Statistics.Sent.AudioPackages, false, Media("audio")));
        meter.Count<long>(
            "andmu.uplink.resent.packages", "{package}", "Access units written again, because they may not have arrived or belong to a clip",
            Always(static (in r) => r.Statistics.Resent.Packages));
        meter.Count<long>(
            "andmu.uplink.io", "By", "Given to the network, encryption and what is sent again included", Always(static (in r) => r.Statistics.BytesSent));
    }

    private static void AddDrops(UplinkMeter meter)
    {
        meter.Count(
            "andmu.uplink.dropped.packages", "{package}", "Access units lost between the encoder and the network", ByReason(static lost => lost.Packages));
        meter.Count("andmu.uplink.dropped.gops", "{gop}", "Key frames lost between the encoder and the network", ByReason(static lost => lost.Gops));
        meter.Count("andmu.uplink.dropped.io", "By", "Payload lost between the encoder and the network", ByReason(static lost => lost.Bytes));
    }

    private static void AddBuffer(UplinkMeter meter)
    {
        meter.Measure("andmu.uplink.buffer.duration", "ms", "Media in the buffer, oldest to newest", static (in r) => r.Statistics.Fill.DurationMs);
        meter.Measure("andmu.uplink.buffer.usage", "By", "Media in the buffer", static (in r) => r.Statistics.Fill.Bytes);
        meter.Measure("andmu.uplink.buffer.limit", "By", "What the buffer may hold", static (in r) => r.CapacityBytes);
        meter.Measure("andmu.uplink.backlog.duration", "ms", "Media that is not sent yet, oldest to newest", static (in r) => r.Statistics.Fill.UnsentMs);
    }

    private static void AddConnection(UplinkMeter meter)
    {
        meter.Measure("andmu.uplink.online.count", "{uplink}", "Uplinks that are logged in", static (in r) => r.IsOnline ? 1 : 0);
        meter.Measure("andmu.uplink.viewer.count", "{viewer}", "Who watches live", static (in r) => r.Statistics.Viewers);
        meter.Count<long>(
            "andmu.uplink.reconnects", "{reconnect}", "Logins that were accepted, but for the first", Always(static (in r) => r.Statistics.Reconnects));
        meter.Count<long>("andmu.uplink.received.packets", "{packet}", "Packets from the platform", Always(static (in r) => r.Statistics.PacketsReceived));
    }

    private static void AddClips(UplinkMeter meter)
    {
        meter.Count("andmu.uplink.clips", "{clip}", "Event clips that have ended", ByOutcome());
        meter.Count<double>(
            "andmu.uplink.clip.shortfall", "s", "Pre-roll and post-roll that is missing of event clips",
            new UplinkSeries<double>(static (in r) => r.Statistics.ClipShortfall.TotalSeconds, OmitZero: false));
    }

    private static void AddAdvice(UplinkMeter meter)
    {
        meter.Count<long>(
            "andmu.uplink.key_frame.requests", "{request}", "Times that the encoder was asked for a key frame", Always(static (in r) => r.Statistics.KeyFramesAsked));
        meter.Measure(
            "andmu.uplink.advised_bitrate", "bit/s", "Bit rate that the encoder was advised of; 0 while there is no advice", static (in r) => r.Statistics.AdvisedBitrate);
    }

    private static UplinkSeries<long> Always(UplinkReader<long> read) => new(read, OmitZero: false);

    private static KeyValuePair<string, object?> Media(string kind) => new("andmu.media", kind);

    private static UplinkSeries<long>[] ByReason(Func<MediaTotals, long> value) =>
        Array.ConvertAll(Enum.GetValues<DropReason>(), reason =>
            new UplinkSeries<long>((in r) => value(r.Drops[reason]), OmitZero: true, new KeyValuePair<string, object?>("andmu.drop.reason", ValueOf(reason))));

    /// <summary>Delivered ones are whole or not; the others never are.</summary>
    private static UplinkSeries<long>[] ByOutcome() =>
    [
        Clips(static (in r) => r.Statistics.Clips - r.Statistics.ShortClips, EventClipOutcome.Delivered, whole: true),
        Clips(static (in r) => r.Statistics.ClipOutcomes.Delivered - (r.Statistics.Clips - r.Statistics.ShortClips), EventClipOutcome.Delivered, whole: false),
        .. from outcome in Enum.GetValues<EventClipOutcome>()
           where outcome != EventClipOutcome.Delivered
           select Clips((in r) => r.Statistics.ClipOutcomes[outcome], outcome, whole: false),
    ];

    private static UplinkSeries<long> Clips(UplinkReader<long> read, EventClipOutcome outcome, bool whole) =>
        new(read, OmitZero: true, new("andmu.clip.outcome", ValueOf(outcome)), new("andmu.clip.whole", whole));
}
