using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>Where the process stands at one moment.</summary>
/// <param name="Timestamp">By the clock.</param>
/// <param name="Cpu">Of all threads, in the kernel, too.</param>
/// <param name="Allocated">By all threads, to the byte.</param>
/// <param name="Written">Pictures that the encoders have made.</param>
/// <param name="Sent">Pictures that were written to a connection.</param>
/// <param name="Bytes">Given to the network, encryption included.</param>
internal readonly record struct LoadReading(long Timestamp, TimeSpan Cpu, long Allocated, long Written, long Sent, long Bytes)
{
    public static LoadReading Of(LoadDevice[] devices, TimeProvider time)
    {
        long written = 0;
        long sent = 0;
        long bytes = 0;
        foreach (LoadDevice device in devices)
        {
            UplinkStatistics statistics = device.Statistics;
            written += device.Written;
            sent += statistics.Sent.VideoPackages;
            bytes += statistics.BytesSent;
        }

        return new LoadReading(time.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), written, sent, bytes);
    }
}
