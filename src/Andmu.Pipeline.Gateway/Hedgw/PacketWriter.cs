using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// Writes packets, one at a time whoever calls. A sender waits until the bytes are handed to the network, so nothing piles up
/// for a device that does not read.
/// </summary>
internal sealed class PacketWriter(PipeWriter output) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task SendAsync(HEDGWMessage message, CancellationToken cancellationToken)
    {
        int length = message.CalculateSize();
        byte[] packet = new byte[4 + length];
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)length);
        message.WriteTo(packet.AsSpan(4));
        return SendRawAsync(packet, cancellationToken);
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            FlushResult flushed = await output.WriteAsync(bytes, cancellationToken);
            if (flushed.IsCompleted)
            {
                throw new IOException("The connection has ended.");
            }
        }
        catch (InvalidOperationException e)
        {
            // The pipe was completed: the connection ended while this sender waited for its turn.
            throw new IOException("The connection has ended.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
