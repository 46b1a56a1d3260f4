using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Cuts the byte stream of a connection into packets (specification 5.2). Stateless, so free of threading rules; it allocates
/// nothing and copies no byte.
/// </summary>
/// <remarks>
/// <code>
///  0        4                    4 + length
/// +--------+--------------------+--------
/// | length | HEDGWMessage       | length ...
/// +--------+--------------------+--------
///  big-endian: the bytes of the message, without these four
/// </code>
/// </remarks>
public static class PacketReader
{
    internal const int PrefixBytes = sizeof(uint);

    // message_type = TDMediaPackage as every protobuf library writes it: field 1, varint, first and minimal.
    private static ReadOnlySpan<byte> MediaStart => [0x08, (byte)MessageType.MediaPackage];

    /// <summary>Takes the first packet off the buffer if it is there as a whole.</summary>
    /// <param name="buffer">The bytes received; on true it begins after the packet, on false it is unchanged.</param>
    /// <param name="limits">The longest packets to accept.</param>
    /// <param name="message">The packet's HEDGWMessage: a slice of the buffer, valid as long as the buffer is.</param>
    /// <returns>False if more bytes are needed.</returns>
    /// <remarks>
    /// The length is judged as soon as it is visible, before the message is waited for, so that a peer cannot make the caller
    /// buffer what would be refused. A packet above the control limit is a media package and begins with its message_type, or it
    /// is refused.
    /// </remarks>
    /// <exception cref="ProtocolException">The packet is empty or longer than the limits allow.</exception>
    public static bool TryReadPacket(ref ReadOnlySequence<byte> buffer, PacketLimits limits, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (!TryReadLength(buffer, out uint length))
        {
            return false;
        }

        CheckLength(length, limits);
        if (length > limits.MaxControlPacketBytes)
        {
            CheckIsMedia(buffer.Slice(PrefixBytes), length, limits);
        }

        if (buffer.Length - PrefixBytes < length)
        {
            return false;
        }

        message = buffer.Slice(PrefixBytes, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    private static bool TryReadLength(in ReadOnlySequence<byte> buffer, out uint length)
    {
        if (BinaryPrimitives.TryReadUInt32BigEndian(buffer.FirstSpan, out length))
        {
            return true;
        }

        if (buffer.Length < PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        return true;
    }

    private static void CheckLength(uint length, PacketLimits limits)
    {
        if (length == 0)
        {
            Throw(ProtocolErrorCode.EmptyPacket, "the packet holds no message", length, null);
        }

        if (length > limits.MaxMediaPacketBytes)
        {
            Throw(ProtocolErrorCode.PacketTooLarge, "the packet is longer than any may be", length, limits.MaxMediaPacketBytes);
        }
    }

    private static void CheckIsMedia(in ReadOnlySequence<byte> message, uint length, PacketLimits limits)
    {
        SequenceReader<byte> reader = new(message);
        foreach (byte expected in MediaStart)
        {
            if (reader.TryRead(out byte actual) && actual != expected)
            {
                Throw(
                    ProtocolErrorCode.ControlPacketTooLarge,
                    "the packet does not begin as a media package and is longer than any other may be",
                    length,
                    limits.MaxControlPacketBytes);
            }
        }
    }

    [DoesNotReturn]
    private static void Throw(ProtocolErrorCode code, string detail, uint length, int? limit) =>
        throw new ProtocolException(code, detail, length, offset: 0, limit: limit);
}
