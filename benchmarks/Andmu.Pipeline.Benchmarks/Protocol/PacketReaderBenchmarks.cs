using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>What does it cost to take a media packet and a Ping off the stream, and what by Google.Protobuf?</summary>
[MemoryDiagnoser]
public class PacketReaderBenchmarks
{
    private ReadOnlySequence<byte> _media;
    private ReadOnlySequence<byte> _ping;

    /// <summary>A talk-back pack; a picture.</summary>
    [Params(320, 64 * 1024)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ArrayBufferWriter<byte> media = new();
        MediaPackageWriter.Write(
            media, new MediaPackageHeader(PackageType.Video, true, 123_456, 78_901, 1_700_000_000_000, 1), new byte[PayloadBytes]);
        _media = new ReadOnlySequence<byte>(media.WrittenMemory);
        ArrayBufferWriter<byte> ping = new();
        HeartbeatPacket.WritePing(ping, 300);
        _ping = new ReadOnlySequence<byte>(ping.WrittenMemory);
    }

    [Benchmark]
    public uint MediaByHandCodec()
    {
        ReadOnlySequence<byte> buffer = _media;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        return MediaPackageReader.Read(MessageReader.Read(packet)).SequenceNumber;
    }

    [Benchmark]
    public uint MediaByGoogleProtobuf()
    {
        ReadOnlySequence<byte> buffer = _media;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        return HEDGWMessage.Parser.ParseFrom(packet).TdMediaPackage.SeqNum;
    }

    [Benchmark]
    public uint PingByHandCodec()
    {
        ReadOnlySequence<byte> buffer = _ping;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        return HeartbeatPacket.ReadId(MessageReader.Read(packet));
    }

    [Benchmark]
    public uint PingByGoogleProtobuf()
    {
        ReadOnlySequence<byte> buffer = _ping;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        return HEDGWMessage.Parser.ParseFrom(packet).Ping.Id;
    }
}
