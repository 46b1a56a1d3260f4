using System.Globalization;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Uplinks;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Progress;

/// <summary>Reads how far the media has come. One caller.</summary>
internal sealed class ProgressMeter(FeedCounters feed, ICameraUplink uplink, TimeProvider time) : IProgressMeter
{
    private long _timestamp = time.GetTimestamp();
    private long _bytes;

    public string Line() => Take().ToString();

    /// <summary>Since the last call where a rate is meant, else since the start.</summary>
    public ProgressSample Take()
    {
        UplinkStatistics statistics = uplink.Statistics;
        long now = time.GetTimestamp();
        double seconds = time.GetElapsedTime(_timestamp, now).TotalSeconds;
        double kilobits = seconds > 0 ? (statistics.BytesSent - _bytes) * 8 / 1000.0 / seconds : 0;
        (_timestamp, _bytes) = (now, statistics.BytesSent);
        string mode = ModeOf(statistics);
        long backlog = mode.Length > 0 && statistics.Mode == UploadMode.Idle ? 0 : statistics.Fill.UnsentMs; // what nobody asked for does not wait
        return new ProgressSample(feed.MediaTime, feed.Frames, statistics.Sent.Bytes, kilobits, backlog, statistics.Dropped.Packages, mode);
    }

    /// <summary>A plan that uploads all day needs no word.</summary>
    private string ModeOf(in UplinkStatistics statistics)
    {
        if (uplink.Plan is DevicePlan.Trial or DevicePlan.Cloud)
        {
            return "";
        }

        string viewers = statistics.Viewers switch
        {
            0 => "",
            1 => ", 1 viewer",
            int many => string.Create(CultureInfo.InvariantCulture, $", {many} viewers"),
        };
        return statistics.Mode switch
        {
            UploadMode.Live => $"live{viewers}",
            UploadMode.Event => $"event{viewers}",
            _ => $"idle{viewers}",
        };
    }
}

/// <summary>How far the media has come.</summary>
/// <param name="MediaTime">Time of the latest picture.</param>
/// <param name="Frames">Pictures taken from the input.</param>
/// <param name="Bytes">Of media, sent.</param>
/// <param name="KilobitsPerSecond">On the wire, encryption included.</param>
/// <param name="BacklogMs">What waits, ms of media.</param>
/// <param name="Dropped">Pictures and audio packs lost.</param>
/// <param name="Mode">What is done with it, or empty where that never changes.</param>
internal readonly record struct ProgressSample(
    TimeSpan MediaTime, long Frames, long Bytes, double KilobitsPerSecond, long BacklogMs, long Dropped, string Mode)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MediaTime.TotalSeconds,6:0.0} s  {Frames,6} frames  {Bytes / 1e6,8:0.00} MB  {KilobitsPerSecond,7:0} kbit/s  backlog {BacklogMs} ms  dropped {Dropped}{(Mode.Length > 0 ? "  " : "")}{Mode}");
}
