using System.Buffers.Binary;
using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>Makes checksums right, which no fuzzer guesses, where a segment's header and records seem to stand. An input asks for it record by record.</summary>
/// <remarks>
/// In the two bytes of a record's header that are always zero: 1 mends its payload's checksum, 2 its header's. Most inputs hold 3 there, so that what is tried is what a journal
/// could have written, and a changed bit tries what a card made of it.
/// </remarks>
internal static class SpoolMending
{
    /// <summary>Two bytes of a record's header: what to mend of it.</summary>
    public const int WishOffset = 22;

    /// <summary>A byte of a segment's header that is always zero: 1 mends its checksum.</summary>
    public const int SegmentWishOffset = 11;

    private const int PayloadCrcOffset = 24;
    private const int HeaderCrcOffset = 28;
    private const int SegmentCrcOffset = 60;

    public static byte[] Mend(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        if (bytes.Length >= SegmentHeader.Size && bytes[SegmentWishOffset] == 1)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(SegmentCrcOffset), Crc32C.Of(bytes.AsSpan(0, SegmentCrcOffset)));
        }

        // From the end: a record's payload may hold records.
        for (int at = bytes.Length - RecordHeader.Size; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) == RecordHeader.Magic)
            {
                MendRecord(bytes.AsSpan(at));
            }
        }

        return bytes;
    }

    private static void MendRecord(Span<byte> record)
    {
        ushort wish = BinaryPrimitives.ReadUInt16LittleEndian(record[WishOffset..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(record[16..]);
        if ((wish & 1) != 0 && length >= 0 && length <= record.Length - RecordHeader.Size)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record[PayloadCrcOffset..], Crc32C.Of(record.Slice(RecordHeader.Size, length)));
        }

        if ((wish & 2) != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record[HeaderCrcOffset..], Crc32C.Of(record[..HeaderCrcOffset]));
        }
    }
}
