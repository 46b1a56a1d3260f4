using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>What does a heartbeat cost: to take a Ping off the stream, and to write the Pong? Thousands of channels do that for as long as they live.</summary>
[MemoryDiagnoser]
public class HeartbeatBenchmarks
{
    private readonly FixedBufferWriter _output = new(64);
    private readonly HEDGWMessage _message = new();
    private ReadOnlySequence<byte> _ping;

    [GlobalSetup]
    public void Setup()
    {
        ArrayBufferWriter<byte> ping = new();
        HeartbeatPacket.WritePing(ping, 300);
        _ping = new ReadOnlySequence<byte>(ping.WrittenMemory);
    }

    /// <summary>Our codec.</summary>
    [Benchmark(Baseline = true)]
    public int HandCodec()
    {
        ReadOnlySequence<byte> buffer = _ping;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        _output.Clear();
        HeartbeatPacket.WritePong(_output, HeartbeatPacket.ReadId(MessageReader.Read(packet)));
        return _output.Written.Length;
    }

    /// <summary>Google.Protobuf, the message reused; packets by our reader and writer.</summary>
    [Benchmark]
    public int GoogleProtobuf()
    {
        ReadOnlySequence<byte> buffer = _ping;
        PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet);
        _message.MergeFrom(packet);
        _output.Clear();
        _message.WriteTo(_output);
        return _output.Written.Length;
    }
}
