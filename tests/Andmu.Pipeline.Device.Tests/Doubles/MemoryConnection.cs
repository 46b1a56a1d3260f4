using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Transport;
using Google.Protobuf;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>A connection of two pipes, with a gateway at the other end.</summary>
internal sealed class MemoryConnection : IUplinkConnection
{
    private readonly Lock _lock = new();
    private readonly Pipe _toDevice = new(Options);
    private readonly Pipe _toGateway = new(Options);
    private readonly CountingWriter _output;
    private readonly Action<MemoryConnection, HEDGWMessage> _handle;
    private bool _ended;

    public MemoryConnection(Action<MemoryConnection, HEDGWMessage> handle)
    {
        _handle = handle;
        _output = new CountingWriter(_toGateway.Writer);
        _ = Task.Run(ServeAsync);
    }

    public PipeReader Input => _toDevice.Reader;

    public PipeWriter Output => _output;

    public long BytesSent => _output.Bytes;

    public long? BytesAcknowledged => null;

    private static PipeOptions Options => new(pauseWriterThreshold: 0);

    public void Abort() => End(new IOException("Aborted."));

    public ValueTask CloseAsync() => _output.CompleteAsync();

    public ValueTask DisposeAsync()
    {
        Abort();
        return _output.CompleteAsync();
    }

    /// <summary>Sends a message to the device.</summary>
    public void Send(HEDGWMessage message)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            Span<byte> length = _toDevice.Writer.GetSpan(4);
            BinaryPrimitives.WriteInt32BigEndian(length, message.CalculateSize());
            _toDevice.Writer.Advance(4);
            _toDevice.Writer.Write(message.ToByteArray());
            _toDevice.Writer.FlushAsync().AsTask().Wait(); // never waits: the pipe has no threshold
        }
    }

    /// <summary>Closes the gateway's end: in order, or by a fault.</summary>
    public void End(Exception? fault = null)
    {
        lock (_lock)
        {
            if (!_ended)
            {
                _ended = true;
                _toDevice.Writer.Complete(fault);
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            ReadResult read = await _toGateway.Reader.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            while (TryTake(ref buffer, out HEDGWMessage? message))
            {
                _handle(this, message!);
            }

            _toGateway.Reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                End();
                return;
            }
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out HEDGWMessage? message)
    {
        message = null;
        if (buffer.Length < 4)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[4];
        buffer.Slice(0, 4).CopyTo(prefix);
        int length = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (buffer.Length < 4 + length)
        {
            return false;
        }

        message = HEDGWMessage.Parser.ParseFrom(buffer.Slice(4, length));
        buffer = buffer.Slice(4 + length);
        return true;
    }
}
