using Andmu.Pipeline.Benchmarks.Buffering;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Benchmarks.Uplink;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>What an access unit may cost beyond the copies that it cannot do without: one into the buffer, one out of it into the transport's block.</summary>
internal static class RouteGates
{
    public static IEnumerable<Gate> All()
    {
        MediaBufferBenchmarks buffer = new() { Bytes = CodedVideo.PictureBytes };
        buffer.Setup();
        yield return new Gate(
            "TryWrite 14 KB, against a copy into a ring", "<= 2x", () => RatioGate.AtMost(new Duel(() => (int)buffer.Write(), buffer.Copy), 2));

        RouteBenchmarks route = new() { Bytes = CodedVideo.PictureBytes };
        route.Setup();
        yield return new Gate("TryWrite to packet 14 KB, against two copies", "<= 2.5x", () => RatioGate.AtMost(new Duel(route.Route, route.Copies), 2.5));
    }
}
