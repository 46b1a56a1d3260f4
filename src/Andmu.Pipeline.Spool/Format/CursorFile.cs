using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>How far a segment has been delivered.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="Salt">Its salt: another card, or another life of the same number, is not meant.</param>
/// <param name="Through">All records up to this sequence have been delivered.</param>
internal readonly record struct CursorEntry(uint Segment, uint Salt, ulong Through);

/// <summary>The content of <c>CURSOR.0</c> and <c>CURSOR.1</c>, written in turn: a power cut leaves the other one.</summary>
/// <remarks>
/// Little-endian, one block:
/// <code>
///   0            8         10      12  16           24                                    4092  4096
///   | "ANDMUCUR" | version | count | 0 | generation | count x (segment u32, salt u32, u64) | CRC  |
/// </code>
/// Only segments that are delivered in part are listed, and these are few: one that is delivered whole is removed.
/// </remarks>
internal static class CursorFile
{
    /// <summary>Bytes.</summary>
    public const int Size = Layout.BlockBytes;

    /// <summary>Entries that have room. What does not is delivered twice, not lost.</summary>
    public const int MaxEntries = (CrcOffset - EntriesOffset) / EntrySize;

    private const ulong Magic = 0x5255_4355_4D44_4E41; // "ANDMUCUR" as bytes on the card
    private const ushort Version = 1;
    private const int EntriesOffset = 24;
    private const int EntrySize = 16;
    private const int CrcOffset = Size - sizeof(uint);

    public static void Write(Span<byte> block, ulong generation, ReadOnlySpan<CursorEntry> entries)
    {
        block[..Size].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(block, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(block[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(block[10..], (ushort)entries.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(block[16..], generation);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = block.Slice(EntriesOffset + (i * EntrySize), EntrySize);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, entries[i].Segment);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[i].Salt);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], entries[i].Through);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block[CrcOffset..], Crc32C.Of(block[..CrcOffset]));
    }

    /// <summary>Reads a file that is whole; <paramref name="entries"/> takes <see cref="MaxEntries"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, Span<CursorEntry> entries, out ulong generation, out int count)
    {
        generation = 0;
        count = 0;
        if (source.Length < Size
            || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Of(source[..CrcOffset])
            || BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) != Version
            || BinaryPrimitives.ReadUInt16LittleEndian(source[10..]) > MaxEntries)
        {
            return false;
        }

        count = BinaryPrimitives.ReadUInt16LittleEndian(source[10..]);
        generation = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = source.Slice(EntriesOffset + (i * EntrySize), EntrySize);
            entries[i] = new CursorEntry(
                BinaryPrimitives.ReadUInt32LittleEndian(entry),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]));
        }

        return true;
    }
}
