using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Device.Services;

/// <summary>The statistics of a day, or of several if the device was off at night (specification 5.2.12).</summary>
/// <param name="Start">From when, by the platform's clock.</param>
/// <param name="End">To when.</param>
/// <param name="Totals">What was counted.</param>
/// <param name="SelfDefine">The vendor's own, checked to be JSON; null for none.</param>
internal sealed record DailyStatistics(DateTimeOffset Start, DateTimeOffset End, StatisticsTotals Totals, string? SelfDefine)
{
    private const long Megabyte = 1_000_000;

    /// <summary>The message, which is kept until the platform has it: nobody asks for it again.</summary>
    /// <param name="session">A session of the device's own.</param>
    public DeviceMessage ToMessage(MessageSession session) => new(DeviceMessageType.Response)
    {
        Message = ToReport().ToJson(session, new MessageStamp(0, End)),
        IsKept = true,
    };

    private DeviceStatistics ToReport() => new()
    {
        Start = Start,
        End = End,
        TotalMegabytes = Totals.Bytes / Megabyte,
        TotalVideoFrames = Totals.VideoFrames,
        DroppedVideoFrames = Totals.DroppedVideoFrames,
        TotalAudioFrames = Totals.AudioFrames,
        DroppedAudioFrames = Totals.DroppedAudioFrames,
        Online = TimeSpan.FromMilliseconds(Math.Min(Totals.OnlineMs, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond)),
        DisconnectCount = ToInt(Totals.Disconnects),
        RebootCount = ToInt(Totals.Starts),
        MeanDelay = TimeSpan.FromMilliseconds(Math.Min(Totals.MeanDelayMs, int.MaxValue)),
        OpenApiFailureCount = ToInt(Totals.OpenApiFailures),
        AddressRequestCount = ToInt(Totals.AddressRequests),
        SelfDefined = SelfDefine,
    };

    private static int ToInt(long count) => (int)Math.Min(count, int.MaxValue);
}
