using System.Globalization;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>How a load is getting on. One caller.</summary>
internal sealed class LoadProgress(LoadFleet fleet, TimeProvider time) : IProgressMeter
{
    private readonly long _start = time.GetTimestamp();
    private long _timestamp = time.GetTimestamp();
    private long _frames;
    private long _bytes;

    public string Line()
    {
        long frames = 0;
        long bytes = 0;
        long dropped = 0;
        long backlog = 0;
        int reconnects = 0;
        foreach (LoadDevice device in fleet.Devices)
        {
            UplinkStatistics statistics = device.Statistics;
            frames += statistics.Sent.VideoPackages;
            bytes += statistics.BytesSent;
            dropped += statistics.Dropped.Packages;
            backlog = Math.Max(backlog, statistics.Fill.UnsentMs);
            reconnects += statistics.Reconnects;
        }

        long now = time.GetTimestamp();
        double seconds = Math.Max(time.GetElapsedTime(_timestamp, now).TotalSeconds, 0.001);
        double rate = (frames - _frames) / seconds;
        double megabits = (bytes - _bytes) * 8 / 1e6 / seconds;
        (_timestamp, _frames, _bytes) = (now, frames, bytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetElapsedTime(_start, now).TotalSeconds,6:0.0} s  {fleet.Online,5} online  {rate,7:0} frames/s  {megabits,8:0.0} Mbit/s  backlog {backlog} ms  dropped {dropped}  reconnects {reconnects}");
    }
}
