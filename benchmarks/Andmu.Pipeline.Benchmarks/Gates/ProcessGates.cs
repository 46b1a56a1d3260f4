using System.Globalization;
using Andmu.Pipeline.Benchmarks.Uplink;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>
/// What the whole process allocates while an uplink sends over TLS: every thread, the runtime's streams and thread pool among them. With a platform that keeps up,
/// and with one that does not, so that every flush waits and the buffer gives up groups of pictures all the time. The least of some rounds counts: what an access
/// unit allocates, every round shows, and what the runtime takes now and then, such as a thread, not every one.
/// </summary>
internal static class ProcessGates
{
    private const int AccessUnits = 100_000;
    private const int WarmUp = 10_000;
    private const int LeastAttempts = 2;
    private const int MostAttempts = 6;
    private const int KeyFrameBytes = 4 * 1024;
    private const int PictureBytes = 1024;
    private const int CapacityBytes = 1024 * 1024;

    /// <summary>A buffer holds about 900 pictures: this far behind none is lost, and four times as far behind most are.</summary>
    private const int KeepsUp = 256;
    private const int FallsBehind = 4096;

    public static IEnumerable<Gate> All() =>
    [
        new Gate("allocated an access unit, all threads, fast receiver", "<= 1 B", static () => Check(KeepsUp, pauseEvery: int.MaxValue)),
        new Gate("allocated an access unit, all threads, slow receiver", "<= 1 B", static () => Check(FallsBehind, pauseEvery: 256 * 1024)),
    ];

    private static GateResult Check(int mostBehind, int pauseEvery)
    {
        using TlsSink sink = new(pauseEvery);
        TlsConnector connector = new(new TlsConnectorOptions { TrustedRoots = [sink.Certificate] });
        Channel channel = new(connector, sink.Endpoint, KeyFrameBytes, PictureBytes, CapacityBytes);
        channel.Start();
        Send(channel, sink, WarmUp, mostBehind);
        long least = long.MaxValue;
        for (int i = 0; i < LeastAttempts || (i < MostAttempts && least > AccessUnits); i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Send(channel, sink, AccessUnits, mostBehind);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        long dropped = channel.Buffer.Drops.Total.Packages;
        channel.Stop();
        bool isAsMeant = mostBehind == KeepsUp ? dropped == 0 : dropped > 0;
        string figure = string.Create(CultureInfo.InvariantCulture, $"{(double)least / AccessUnits:0.000} B");
        return new GateResult(isAsMeant ? figure : $"{figure}, but {dropped} dropped", isAsMeant && least <= AccessUnits);
    }

    /// <summary>Writes as fast as it can, but not further ahead of what has arrived or is given up.</summary>
    private static void Send(Channel channel, TlsSink sink, int accessUnits, int mostBehind)
    {
        for (int i = 0; i < accessUnits; i++)
        {
            channel.Write();
            while (Packets(channel.Buffer.Written - channel.Buffer.Drops.Total) - sink.Packets > mostBehind)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Parameter sets go ahead of every key frame as a packet of their own.</summary>
    private static long Packets(MediaTotals totals) => totals.Packages + totals.Gops;
}
