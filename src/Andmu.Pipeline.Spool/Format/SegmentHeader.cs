using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>The first block of a segment.</summary>
/// <remarks>
/// Little-endian, 64 bytes, then zeros up to 4 KiB:
/// <code>
///   0            8         10     11  12   16     20  24      32               40          56  60    64
///   | "ANDMUSPL" | version | lane | 0 | id | salt | 0 | epoch | first sequence | volume id | 0 | CRC |
/// </code>
/// A damaged header costs nothing but what it says: each record repeats the salt.
/// </remarks>
/// <param name="Lane">Media or events.</param>
/// <param name="Id">The segment's number; as its name.</param>
/// <param name="Salt">Random; repeated in every record.</param>
/// <param name="Epoch">Random for each start of a journal on a card. Within one epoch a record with a sequence that a later segment of the same lane
/// starts with, or a higher one, was written anew there: its write had failed.</param>
/// <param name="FirstSequence">Sequence of the first record.</param>
/// <param name="Volume">The card that it was written to.</param>
internal readonly record struct SegmentHeader(SpoolLane Lane, uint Id, uint Salt, ulong Epoch, ulong FirstSequence, VolumeId Volume)
{
    /// <summary>Bytes, without the zeros.</summary>
    public const int Size = 64;

    private const ulong Magic = 0x4C50_5355_4D44_4E41; // "ANDMUSPL" as bytes on the card
    private const ushort Version = 1;
    private const int CrcOffset = 60;

    /// <summary>Writes a whole block.</summary>
    public void Write(Span<byte> block)
    {
        block[..Layout.BlockBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(block, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(block[8..], Version);
        block[10] = (byte)Lane;
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], Id);
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], Salt);
        BinaryPrimitives.WriteUInt64LittleEndian(block[24..], Epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(block[32..], FirstSequence);
        Volume.Write(block[40..]);
        BinaryPrimitives.WriteUInt32LittleEndian(block[CrcOffset..], Crc32C.Of(block[..CrcOffset]));
    }

    /// <summary>Reads a header that is whole and of a version that is known.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SegmentHeader header)
    {
        header = default;
        if (source.Length < Size
            || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Of(source[..CrcOffset])
            || BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) != Version)
        {
            return false;
        }

        header = new SegmentHeader(
            (SpoolLane)source[10],
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[32..]),
            VolumeId.Read(source[40..]));
        return true;
    }
}
