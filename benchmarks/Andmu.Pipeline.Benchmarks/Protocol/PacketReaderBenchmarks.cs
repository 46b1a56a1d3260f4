using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>
/// What does it cost to take a media packet off the stream? Our codec gives a view of the payload, so its time does not grow with it; Google.Protobuf copies it
/// into memory of its own; <see cref="Copy"/> is that copy alone, into memory that is there already.
/// </summary>
[MemoryDiagnoser]
public class PacketReaderBenchmarks
{
    private readonly HEDGWMessage _message = new();
    private byte[] _payload = [];
    private byte[] _destination = [];
    private ReadOnlySequence<byte> _stream;

    /// <summary>Payload: sound, a P picture, key frames of 1080p and of 4K.</summary>
    [Params(2 * 1024, 16 * 1024, 64 * 1024, 400 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _payload = CodedVideo.Picture(Bytes);
        _destination = new byte[Bytes];
        ArrayBufferWriter<byte> packet = new();
        MediaPackageWriter.Write(packet, new MediaPackageHeader(PackageType.Video, true, 123_456, 78_901, 1_700_000_000_000, 1), _payload);
        _stream = new ReadOnlySequence<byte>(packet.WrittenMemory);
    }

    /// <summary>The copy alone.</summary>
    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _payload.CopyTo(_destination, 0);
        return _destination.Length;
    }

    /// <summary>Our codec: packet, envelope, package.</summary>
    [Benchmark]
    public int HandCodec()
    {
        ReadOnlySequence<byte> buffer = _stream;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        return (int)MediaPackageReader.Read(MessageReader.Read(packet)).Data.Length;
    }

    /// <summary>Google.Protobuf, the message reused; the packet is cut out by our reader.</summary>
    [Benchmark]
    public int GoogleProtobuf()
    {
        ReadOnlySequence<byte> buffer = _stream;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        _message.MergeFrom(packet);
        return _message.TdMediaPackage.Data.Length;
    }
}
