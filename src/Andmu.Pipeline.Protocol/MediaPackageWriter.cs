using System.Buffers;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Writes a TDMediaPackage as a whole packet (specification 5.2 and 5.2.3), byte for byte as protobuf libraries write it. Stateless,
/// so free of threading rules beyond the output's; it allocates nothing.
/// </summary>
/// <remarks>
/// <code>
///      4     2      1    1-5     2-6           2     1   1-5             2-6        2-6         2-6      0,2-11      0,2-6
/// +--------+------+----+------+--------------+------+----+------+------+-----------+------------+---------+------------+--------------+
/// | length | 08 0A| 5A | size | package_type | sync | 1A | size | data | data_size | start_time | seq_num | ipcam_time | control_flag |
/// +--------+------+----+------+--------------+------+----+------+------+-----------+------------+---------+------------+--------------+
///  big-endian  type \___ the nested message                     ^payload
/// </code>
/// It is written in place where the output's block has room for all of it. Where it has not, both ends are built on the stack and copied, so that the packet
/// lies in the blocks without a gap, whatever their size.
/// </remarks>
public static class MediaPackageWriter
{
    /// <summary>The most bytes that a packet has beyond its payload, the length prefix included.</summary>
    public const int MaxOverheadBytes = MaxHeadBytes + MaxTailBytes;

    private const int MaxField32Bytes = 1 + 5;
    private const int MaxField64Bytes = 1 + 10;
    private const int MaxHeadBytes = PacketReader.PrefixBytes + 2 + MaxField32Bytes + MaxField32Bytes + 2 + MaxField32Bytes;
    private const int MaxTailBytes = (4 * MaxField32Bytes) + MaxField64Bytes;
    private const int MaxPayloadBytes = int.MaxValue - MaxOverheadBytes;

    /// <summary>The length in bytes of the packet that <see cref="Write"/> writes, the length prefix included.</summary>
    /// <param name="header">The fields beside the data.</param>
    /// <param name="payloadLength">The bytes of the data; 0 to 2 GiB less <see cref="MaxOverheadBytes"/>.</param>
    /// <returns>The packet's length.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The payload's length is negative or too large for any packet.</exception>
    public static int GetPacketLength(in MediaPackageHeader header, int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payloadLength, MaxPayloadBytes);
        return PacketReader.PrefixBytes + GetMessageLength(GetBodyLength(header, payloadLength));
    }

    /// <summary>Writes one packet. The output is advanced, not flushed.</summary>
    /// <param name="output">Where to; its blocks may have any size.</param>
    /// <param name="header">The fields beside the data.</param>
    /// <param name="payload">The data. Its length against a peer's limit is the caller's to watch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The payload is too large for any packet.</exception>
    public static void Write(IBufferWriter<byte> output, in MediaPackageHeader header, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayloadBytes);
        int bodyLength = GetBodyLength(header, payload.Length);

        Span<byte> block = output.GetSpan();
        if (block.Length >= payload.Length + MaxOverheadBytes)
        {
            ProtoWriter packet = new(block);
            WriteHead(ref packet, header, bodyLength, payload.Length);
            packet.WriteBytes(payload);
            WriteTail(ref packet, header, payload.Length);
            output.Advance(packet.Written.Length);
        }
        else
        {
            WriteInBlocks(output, header, bodyLength, payload);
        }
    }

    private static void WriteInBlocks(IBufferWriter<byte> output, in MediaPackageHeader header, int bodyLength, ReadOnlySpan<byte> payload)
    {
        ProtoWriter head = new(stackalloc byte[MaxHeadBytes]);
        WriteHead(ref head, header, bodyLength, payload.Length);
        ProtoWriter tail = new(stackalloc byte[MaxTailBytes]);
        WriteTail(ref tail, header, payload.Length);
        BlockWriter blocks = new(output);
        blocks.Write(head.Written);
        blocks.Write(payload);
        blocks.Write(tail.Written);
        blocks.Complete();
    }

    private static void WriteHead(ref ProtoWriter head, in MediaPackageHeader header, int bodyLength, int payloadLength)
    {
        head.WriteBigEndian((uint)GetMessageLength(bodyLength));
        head.WriteField(Tags.Envelope.MessageType, (ulong)MessageType.MediaPackage);
        head.WriteField(Tags.Envelope.MediaPackage, (ulong)bodyLength);
        head.WriteField(Tags.MediaPackage.PackageType, (ulong)header.PackageType);
        head.WriteField(Tags.MediaPackage.Sync, header.IsKeyFrame ? 1u : 0u);
        head.WriteField(Tags.MediaPackage.Data, (ulong)payloadLength);
    }

    private static void WriteTail(ref ProtoWriter tail, in MediaPackageHeader header, int payloadLength)
    {
        tail.WriteField(Tags.MediaPackage.DataSize, (ulong)payloadLength);
        tail.WriteField(Tags.MediaPackage.StartTime, header.StartTime);
        tail.WriteField(Tags.MediaPackage.SequenceNumber, header.SequenceNumber);
        if (header.IpcamTime is { } ipcamTime)
        {
            tail.WriteField(Tags.MediaPackage.IpcamTime, ipcamTime);
        }

        if (header.ControlFlag is { } controlFlag)
        {
            tail.WriteField(Tags.MediaPackage.ControlFlag, controlFlag);
        }
    }

    private static int GetMessageLength(int bodyLength) => 2 + ProtoWriter.FieldLength((uint)bodyLength) + bodyLength;

    private static int GetBodyLength(in MediaPackageHeader header, int payloadLength)
    {
        int length = ProtoWriter.FieldLength((uint)header.PackageType)
            + 2
            + ProtoWriter.FieldLength((uint)payloadLength)
            + payloadLength
            + ProtoWriter.FieldLength((uint)payloadLength)
            + ProtoWriter.FieldLength(header.StartTime)
            + ProtoWriter.FieldLength(header.SequenceNumber);
        if (header.IpcamTime is { } ipcamTime)
        {
            length += ProtoWriter.FieldLength(ipcamTime);
        }

        if (header.ControlFlag is { } controlFlag)
        {
            length += ProtoWriter.FieldLength(controlFlag);
        }

        return length;
    }
}
