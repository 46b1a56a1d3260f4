using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Tests;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720 appendix B.4, and the check value of every list of checksums.</summary>
    [Fact]
    public void Of_KnownVectors_AreAsPublished()
    {
        byte[] ascending = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        Assert.Equal(0xE306_9283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A91_36AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x46DD_794Eu, Crc32C.Of(ascending));
    }

    /// <summary>Lengths and offsets around the lanes that are summed side by side, against a bit at a time.</summary>
    [Fact]
    public void Of_AnyLengthAtAnyOffset_IsThatOfABitAtATime()
    {
        byte[] data = new byte[20_000];
        new Random(1).NextBytes(data);
        int[] lengths = [0, 1, 7, 8, 9, 3071, 3072, 3073, 6143, 6144, 6145, 9215, 9216, 9999, 15_000];
        foreach (int length in lengths)
        {
            for (int offset = 0; offset < 9; offset++)
            {
                ReadOnlySpan<byte> bytes = data.AsSpan(offset, length);
                Assert.Equal(BitByBit(bytes), Crc32C.Of(bytes));
                Assert.Equal(BitByBit(bytes), Crc32C.Of(bytes[..(length / 3)], bytes[(length / 3)..]));
            }
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        const uint reversedPolynomial = 0x82F6_3B78;
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * reversedPolynomial);
            }
        }

        return ~crc;
    }
}
