using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>Units and access units put together by hand, and a few cut out of real streams.</summary>
internal static class Samples
{
    /// <summary>Each unit behind a start code of four bytes.</summary>
    public static byte[] AnnexB(params byte[][] units) => [.. units.SelectMany(unit => (byte[])[0, 0, 0, 1, .. unit])];

    /// <summary>Each unit behind a length of four bytes.</summary>
    public static byte[] LengthPrefixed(params byte[][] units) =>
        [.. units.SelectMany(unit => (byte[])[(byte)(unit.Length >> 24), (byte)(unit.Length >> 16), (byte)(unit.Length >> 8), (byte)unit.Length, .. unit])];

    /// <summary>The first NAL unit of a real stream with this first byte.</summary>
    public static byte[] Unit(string stream, byte header)
    {
        AnnexBReader reader = new(TestStream.Named(stream).Bytes);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            if (unit[0] == header)
            {
                return unit.ToArray();
            }
        }

        throw new ArgumentException($"{stream} has no unit that begins with {header:X2}.");
    }
}
