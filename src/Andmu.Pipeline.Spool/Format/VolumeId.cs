using System.Buffers.Binary;
using System.Globalization;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>A random number that tells one card from another.</summary>
internal readonly record struct VolumeId(ulong High, ulong Low)
{
    /// <summary>Bytes.</summary>
    public const int Size = 16;

    public static VolumeId Create(Random random) => new((ulong)random.NextInt64(1, long.MaxValue), (ulong)random.NextInt64());

    public static VolumeId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(source), BinaryPrimitives.ReadUInt64LittleEndian(source[8..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, High);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Low);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
