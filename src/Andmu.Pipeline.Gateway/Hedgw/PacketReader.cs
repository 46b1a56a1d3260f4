using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// Reads packets (specification 5.2):
/// <code>
/// +--------+--------+--------+--------+----------------------+
/// |  length of what follows, big end  |  one HEDGWMessage    |
/// +--------+--------+--------+--------+----------------------+
/// </code>
/// The length is checked before a byte more is waited for, and memory grows only with the bytes that have arrived.
/// </summary>
internal sealed class PacketReader(PipeReader input)
{
    private const int PrefixLength = 4;

    private long _known; // bytes at the head of the buffer that the gate has counted

    /// <summary>Holds reads back, if there is one.</summary>
    public ReadGate? Gate { get; set; }

    /// <summary>Cancelled when nobody is to wait at the gate any more: what a device that is gone has sent is read at once.</summary>
    public CancellationToken Released { get; set; }

    /// <summary>The next packet and its size on the wire, or null when the device has closed the connection between two packets.</summary>
    public async ValueTask<(HEDGWMessage Message, int Bytes)?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        int wanted = PrefixLength;
        while (true)
        {
            ReadResult read = await ReadMoreAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.Length >= PrefixLength)
            {
                int length = ReadLength(buffer, maxBytes);
                if (buffer.Length >= PrefixLength + length)
                {
                    HEDGWMessage message = Parse(buffer.Slice(PrefixLength, length));
                    input.AdvanceTo(buffer.GetPosition(PrefixLength + length));
                    _known -= PrefixLength + length;
                    return (message, PrefixLength + length);
                }

                wanted = PrefixLength + length;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return buffer.IsEmpty ? null : throw new HedgwException(
                    DisconnectReason.TruncatedPacket, $"the connection ended {buffer.Length} bytes into a packet of {wanted}");
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    // One read of the socket at a time: a long packet is not taken faster than the gate allows.
    private async ValueTask<ReadResult> ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (Gate is { } gate)
        {
            await gate.WaitAsync(Released);
            cancellationToken.ThrowIfCancellationRequested();
        }

        ReadResult read = await input.ReadAsync(cancellationToken);
        Gate?.Took(read.Buffer.Length - _known);
        _known = read.Buffer.Length;
        return read;
    }

    private static int ReadLength(ReadOnlySequence<byte> buffer, int maxBytes)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        return length switch
        {
            0 => throw new HedgwException(DisconnectReason.EmptyPacket, "a packet of 0 bytes"),
            _ when length > maxBytes => throw new HedgwException(
                DisconnectReason.PacketTooLong, $"a packet of {length} bytes was announced, at most {maxBytes} are taken here"),
            _ => (int)length,
        };
    }

    private static HEDGWMessage Parse(ReadOnlySequence<byte> payload)
    {
        try
        {
            return HEDGWMessage.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new HedgwException(DisconnectReason.MalformedPacket, $"a packet of {payload.Length} bytes: {e.Message}");
        }
    }
}
