using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>The counters of a device as andmu_stats has them.</summary>
internal static class StatisticsShape
{
    public static unsafe NativeStats Of(AndmuDevice device, SdCard? card, UplinkState state, PushCounts counts, long notificationsLost)
    {
        SpoolStatus journal = card?.Journal.Status ?? default;
        UplinkStatistics uplink = device.Uplink?.Statistics ?? default;
        MediaTotals captured = device.Buffer.Written;
        MediaTotals dropped = device.Buffer.Drops.Total;
        CommandTotals commands = device.CommandTotals;
        return new NativeStats
        {
            StructSize = (uint)sizeof(NativeStats),
            Uplink = (int)state,
            Plan = (int)(device.Uplink?.Plan ?? DevicePlan.Trial),
            Uploading = (int)uplink.Mode,
            Viewers = uplink.Viewers,
            Logins = uplink.Logins,
            Clips = uplink.Clips,
            ShortClips = uplink.ShortClips,
            Power = device.IsOn ? 1 : 0,
            Microphone = device.IsMicrophoneOn ? 1 : 0,
            AdvisedBitrate = uplink.AdvisedBitrate,
            KeyFramesAsked = uplink.KeyFramesAsked,
            VideoCaptured = captured.VideoPackages,
            AudioCaptured = captured.AudioPackages,
            VideoSent = uplink.Sent.VideoPackages,
            AudioSent = uplink.Sent.AudioPackages,
            VideoDropped = dropped.VideoPackages,
            AudioDropped = dropped.AudioPackages,
            Resent = uplink.Resent.Packages,
            BytesSent = uplink.BytesSent,
            PushAgain = counts.Again,
            PushKeyFrame = counts.KeyFrame,
            PushMalformed = counts.Malformed,
            BufferedBytes = uplink.Fill.Bytes,
            UnsentMs = uplink.Fill.UnsentMs,
            CommandsDone = commands.Done,
            CommandsFailed = commands.Malformed + commands.Unsupported + commands.Busy + commands.Rejected + commands.Failed,
            NotificationsLost = notificationsLost,
            Card = (int)(card?.Status ?? 0),
            CardBacklog = card is not null && (card.Journal.Media.HasBacklog || card.Journal.Events.HasBacklog) ? 1 : 0,
            CardKept = uplink.Kept.Packages,
            CardSent = uplink.BacklogSent.Packages,
            CardUsedBytes = journal.UsedBytes,
            CardFaults = journal.Faults,
        };
    }
}
