using System.Buffers.Binary;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>What the header of a baseline JPEG says (ITU-T T.81, B.2.2).</summary>
internal static class Jpeg
{
    /// <summary>Width and height; fails for what is no JPEG from its first to its last marker.</summary>
    public static (int Width, int Height) SizeOf(ReadOnlySpan<byte> jpeg)
    {
        Assert.Equal([0xFF, 0xD8], jpeg[..2].ToArray());
        Assert.Equal([0xFF, 0xD9], jpeg[^2..].ToArray());
        int at = 2;
        while (jpeg[at + 1] != 0xC0) // SOF0
        {
            Assert.Equal(0xFF, jpeg[at]);
            Assert.NotEqual(0xDA, jpeg[at + 1]); // the picture itself begins
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        // FF C0, length (2), precision (1), lines (2), samples a line (2)
        return (BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]));
    }
}
