using Andmu.Pipeline.Cli.Uplinks;

namespace Andmu.Pipeline.Cli.Measuring;

/// <summary>Measures what sending costs: from the first picture until everything is delivered, and apart from that without the first tenth of the input,
/// in which code is compiled and buffers fill.</summary>
internal sealed class SendingMeter(ICameraUplink uplink, TimeProvider time)
{
    private const double WarmUpPart = 0.1;

    private Reading _begin;
    private Reading? _warm;

    /// <summary>The first picture is about to be sent.</summary>
    public void Begin() => _begin = Take();

    /// <summary>So much of the input, 0 to 1, has been read.</summary>
    public void OnProgress(double progress)
    {
        if (_warm is null && progress >= WarmUpPart)
        {
            _warm = Take();
        }
    }

    /// <summary>Everything is delivered, or given up.</summary>
    public SendingCost End()
    {
        Reading end = Take();
        Reading warm = _warm ?? _begin;
        double gigabytes = (end.Bytes - warm.Bytes) / 1e9;
        double seconds = time.GetElapsedTime(warm.Timestamp, end.Timestamp).TotalSeconds;
        return new SendingCost
        {
            CpuSeconds = (end.Cpu - _begin.Cpu).TotalSeconds,
            WallSeconds = time.GetElapsedTime(_begin.Timestamp, end.Timestamp).TotalSeconds,
            ResidentKilobytes = Environment.WorkingSet / 1024,
            AllocatedBytes = end.Allocated - warm.Allocated,
            GigabytesPerSecond = seconds > 0 ? gigabytes / seconds : 0,
            CpuSecondsPerGigabyte = gigabytes > 0 ? (end.Cpu - warm.Cpu).TotalSeconds / gigabytes : 0,
        };
    }

    private Reading Take() => new(time.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), uplink.Statistics.Sent.Bytes);

    private readonly record struct Reading(long Timestamp, TimeSpan Cpu, long Allocated, long Bytes);
}
