using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// Writes packets, one at a time whoever calls. A sender waits until the bytes are handed to the network, so nothing piles up
/// for a device that does not read.
/// </summary>
#pragma warning disable CA1001 // a sender may hold its turn while the connection ends; without a wait handle there is nothing to give back
internal sealed class PacketWriter(PipeWriter output)
#pragma warning restore CA1001
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
}
