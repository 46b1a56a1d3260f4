using System.Buffers;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>
/// What does it cost to write a media packet, beside the one copy of its payload that no codec can do without, and by Google.Protobuf? The ratio to
/// <see cref="Copy"/> is what the codec adds: 1.00 is a codec that costs nothing.
/// </summary>
[MemoryDiagnoser]
public class PacketWriterBenchmarks
{
    private static readonly MediaPackageHeader Header = new(PackageType.Video, true, 123_456, 78_901, 1_700_000_000_000, 1);

    private readonly GooglePackage _google = new();
    private int _payloadAt;
    private byte[] _payload = [];
    private FixedBufferWriter _output = new(0);

    /// <summary>Payload: sound, a P picture, key frames of 1080p and of 4K.</summary>
    [Params(2 * 1024, 16 * 1024, 64 * 1024, 400 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _payload = CodedVideo.Picture(Bytes);
        _output = new FixedBufferWriter(Bytes + MediaPackageWriter.MaxOverheadBytes);
        MediaPackageWriter.Write(_output, Header, _payload);
        _payloadAt = _output.Written.IndexOf(_payload);
    }

    /// <summary>The copy alone, to where the payload stands in the packet: how it is aligned makes a difference.</summary>
    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _output.Clear();
        _output.Advance(_payloadAt);
        _output.Write(_payload);
        return _output.Written.Length;
    }

    /// <summary>Our codec.</summary>
    [Benchmark]
    public int HandCodec()
    {
        _output.Clear();
        MediaPackageWriter.Write(_output, Header, _payload);
        return _output.Written.Length;
    }

    /// <summary>Google.Protobuf, messages reused and payload wrapped.</summary>
    [Benchmark]
    public int GoogleProtobuf()
    {
        _output.Clear();
        _google.Write(_output, Header, _payload);
        return _output.Written.Length;
    }
}
