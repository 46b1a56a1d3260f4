using Andmu.Pipeline.Benchmarks.Support;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>
/// What does an access unit cost from TryWrite to a transport that does nothing: the whole uplink, with its session, its loops and both threads, and all of the route
/// but TLS and the socket? The encoder gets no further ahead than a quarter of the buffer, so the slower of the two threads is what is measured.
/// </summary>
[MemoryDiagnoser]
public class SessionBenchmarks
{
    private const int Pictures = 40 * Channel.PicturesOfGop;
    private const int MostBehind = 256;

    private readonly NullConnector _connector = new();
    private Channel? _channel;

    /// <summary>A P picture.</summary>
    [Params(CodedVideo.PictureBytes)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _channel = new Channel(_connector, new HedgwEndpoint("gateway.test", 1), Bytes, Bytes, 16 * 1024 * 1024);
        _channel.Start();
    }

    [GlobalCleanup]
    public void Cleanup() => _channel!.Stop();

    /// <summary>Pictures, of which every 25th is a key frame with parameter sets.</summary>
    [Benchmark(OperationsPerInvoke = Pictures)]
    public long Send()
    {
        long first = _connector.Connection.Packets;
        for (int i = 0; i < Pictures; i++)
        {
            _channel!.Write();
            while (first + i - _connector.Connection.Packets > MostBehind)
            {
                Thread.Yield();
            }
        }

        while (_connector.Connection.Packets < first + Pictures)
        {
            Thread.Yield();
        }

        return _connector.Connection.BytesSent;
    }
}
