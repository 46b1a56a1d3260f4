using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>A connection that takes everything and keeps nothing: what is written into it goes into one block again and again. The platform has accepted the login.</summary>
internal sealed class NullConnection : IUplinkConnection
{
    private readonly Pipe _down = new();
    private readonly NullWriter _output = new();

    public NullConnection()
    {
        ControlPacketWriter.Write(_down.Writer, LoginAnswer);
        _ = _down.Writer.FlushAsync().AsTask(); // below the pipe's threshold: it has completed
    }

    /// <summary>Accepted; heartbeats so seldom that none is measured.</summary>
    public static HEDGWMessage LoginAnswer => new()
    {
        MessageType = HEDGWMessage.Types.MessageType.DevLoginResp,
        DevLoginResp = new DevLoginResp { Result = 0, DeviceStatus = (uint)DevicePlan.Cloud, PingPongSpan = 3600 },
    };

    /// <summary>Packets written: a packet that fits into a block is one advance.</summary>
    public long Packets => _output.Advances;

    public PipeReader Input => _down.Reader;

    public PipeWriter Output => _output;

    public long BytesSent => _output.Bytes;

    public long? BytesAcknowledged => BytesSent;

    public void Abort() => _down.Writer.Complete();

    public ValueTask CloseAsync() => _down.Writer.CompleteAsync(); // and so does the platform

    public ValueTask DisposeAsync() => default;

    private sealed class NullWriter : PipeWriter
    {
        private readonly byte[] _block = new byte[512 * 1024];
        private long _bytes;
        private long _advances;

        public long Bytes => Volatile.Read(ref _bytes);

        public long Advances => Volatile.Read(ref _advances);

        public override void Advance(int bytes)
        {
            Volatile.Write(ref _bytes, _bytes + bytes);
            Volatile.Write(ref _advances, _advances + 1);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _block;

        public override Span<byte> GetSpan(int sizeHint = 0) => _block;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
