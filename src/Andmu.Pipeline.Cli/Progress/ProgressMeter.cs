using System.Globalization;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Uplinks;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Progress;

/// <summary>Reads how far the media has come. One caller.</summary>
internal sealed class ProgressMeter(FeedCounters feed, ICameraUplink uplink, TimeProvider time)
{
    private long _timestamp = time.GetTimestamp();
    private long _bytes;

    /// <summary>Since the last call where a rate is meant, else since the start.</summary>
    public ProgressSample Take()
    {
        UplinkStatistics statistics = uplink.Statistics;
        long now = time.GetTimestamp();
        double seconds = time.GetElapsedTime(_timestamp, now).TotalSeconds;
        double kilobits = seconds > 0 ? (statistics.BytesSent - _bytes) * 8 / 1000.0 / seconds : 0;
        (_timestamp, _bytes) = (now, statistics.BytesSent);
        return new ProgressSample(feed.MediaTime, feed.Frames, statistics.Sent.Bytes, kilobits, statistics.Fill.UnsentMs, statistics.Dropped.Packages);
    }
}

/// <summary>How far the media has come.</summary>
/// <param name="MediaTime">Time of the latest picture.</param>
/// <param name="Frames">Pictures taken from the input.</param>
/// <param name="Bytes">Of media, sent.</param>
/// <param name="KilobitsPerSecond">On the wire, encryption included.</param>
/// <param name="BacklogMs">What waits, ms of media.</param>
/// <param name="Dropped">Pictures and audio packs lost.</param>
internal readonly record struct ProgressSample(
    TimeSpan MediaTime, long Frames, long Bytes, double KilobitsPerSecond, long BacklogMs, long Dropped)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MediaTime.TotalSeconds,6:0.0} s  {Frames,6} frames  {Bytes / 1e6,8:0.00} MB  {KilobitsPerSecond,7:0} kbit/s  backlog {BacklogMs} ms  dropped {Dropped}");
}
