using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>The content of <c>VOLUME.ID</c>: magic, version, identity, CRC-32C; 64 bytes.</summary>
internal static class VolumeFile
{
    /// <summary>Bytes.</summary>
    public const int Size = 64;

    private const ulong Magic = 0x4C4F_5655_4D44_4E41; // "ANDMUVOL" as bytes on the card
    private const ushort Version = 1;
    private const int CrcOffset = 60;

    public static void Write(Span<byte> destination, VolumeId id)
    {
        destination[..Size].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        id.Write(destination[16..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc32C.Of(destination[..CrcOffset]));
    }

    public static bool TryRead(ReadOnlySpan<byte> source, out VolumeId id)
    {
        id = default;
        if (source.Length < Size
            || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Of(source[..CrcOffset]))
        {
            return false;
        }

        id = VolumeId.Read(source[16..]);
        return true;
    }
}
