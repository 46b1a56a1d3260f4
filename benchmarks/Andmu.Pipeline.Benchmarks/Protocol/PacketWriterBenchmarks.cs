using System.Buffers;
using System.Buffers.Binary;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>What does a media packet cost beyond copying its payload, and what does it cost by Google.Protobuf?</summary>
[MemoryDiagnoser]
public class PacketWriterBenchmarks
{
    private static readonly MediaPackageHeader Header = new(PackageType.Video, true, 123_456, 78_901, 1_700_000_000_000, 1);

    private byte[] _payload = [];
    private FixedBufferWriter _output = new(0);

    /// <summary>An audio pack; pictures and key frames at 1080p.</summary>
    [Params(2 * 1024, 16 * 1024, 64 * 1024, 400 * 1024)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _payload = new byte[PayloadBytes];
        new Random(1).NextBytes(_payload);
        _output = new FixedBufferWriter(PayloadBytes + MediaPackageWriter.MaxOverheadBytes);
    }

    [Benchmark(Baseline = true)]
    public int CopyOfThePayload()
    {
        _output.Clear();
        _output.Write(_payload);
        return _output.Written.Length;
    }

    [Benchmark]
    public int HandCodec()
    {
        _output.Clear();
        MediaPackageWriter.Write(_output, Header, _payload);
        return _output.Written.Length;
    }

    [Benchmark]
    public int GoogleProtobuf()
    {
        _output.Clear();
        HEDGWMessage message = new()
        {
            MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage,
            TdMediaPackage = new TDMediaPackage
            {
                PackageType = (uint)Header.PackageType,
                Sync = 1,
                Data = UnsafeByteOperations.UnsafeWrap(_payload),
                DataSize = (uint)_payload.Length,
                StartTime = Header.StartTime,
                SeqNum = Header.SequenceNumber,
                IpcamTime = Header.IpcamTime.GetValueOrDefault(),
                ControlFlag = Header.ControlFlag.GetValueOrDefault(),
            },
        };
        BinaryPrimitives.WriteInt32BigEndian(_output.GetSpan(sizeof(int)), message.CalculateSize());
        _output.Advance(sizeof(int));
        message.WriteTo(_output);
        return _output.Written.Length;
    }
}
