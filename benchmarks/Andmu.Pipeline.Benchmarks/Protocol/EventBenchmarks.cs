using Andmu.Hedgw;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Protocol;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>What does the report of an event cost (DevEventCmd)? A few an hour, so it goes by the generated classes, and may allocate.</summary>
[MemoryDiagnoser]
public class EventBenchmarks
{
    private readonly FixedBufferWriter _output = new(256);

    /// <summary>Message and packet.</summary>
    [Benchmark]
    public int Write()
    {
        _output.Clear();
        ControlPacketWriter.Write(_output, new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevEventCmd,
            DevEventCmd = new DevEventCmd { Type = 1, Status = 1, IpcamTime = 1_700_000_000_000 },
        });
        return _output.Written.Length;
    }
}
