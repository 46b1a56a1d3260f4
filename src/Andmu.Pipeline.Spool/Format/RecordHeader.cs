using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>What stands before a record's payload.</summary>
/// <remarks>
/// Little-endian, 32 bytes:
/// <code>
///   0      4      8          16       20     21      22    24            28            32
///   | magic| salt | sequence | length | type | flags | 0 0 | payload CRC | header CRC  | payload ...
/// </code>
/// The salt is the segment's own random number: what an older file left on the same blocks of the card, or what a payload quotes, is
/// no record. Magic and salt stand first so that a search for the next record is a search for eight fixed bytes.
/// </remarks>
/// <param name="Salt">The segment's.</param>
/// <param name="Sequence">Counts the records of a lane, from 1.</param>
/// <param name="Length">Bytes of payload.</param>
/// <param name="Type">What the payload is.</param>
/// <param name="Flags">What is known of it.</param>
/// <param name="PayloadCrc">CRC-32C of the payload.</param>
internal readonly record struct RecordHeader(uint Salt, ulong Sequence, int Length, RecordType Type, RecordFlags Flags, uint PayloadCrc)
{
    /// <summary>Bytes.</summary>
    public const int Size = 32;

    /// <summary>"ASR1" as bytes on the card.</summary>
    public const uint Magic = 0x3152_5341;

    private const int CrcOffset = 28;

    /// <summary>Writes the <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Salt);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], Length);
        destination[20] = (byte)Type;
        destination[21] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[22..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], PayloadCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc32C.Of(destination[..CrcOffset]));
    }

    /// <summary>Reads a header that is whole; its payload is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out RecordHeader header)
    {
        header = default;
        if (source.Length < Size
            || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Of(source[..CrcOffset]))
        {
            return false;
        }

        header = new RecordHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            (RecordType)source[20],
            (RecordFlags)source[21],
            BinaryPrimitives.ReadUInt32LittleEndian(source[24..]));
        return header.Length is >= 0 and <= Layout.MaxPayloadBytes;
    }
}
