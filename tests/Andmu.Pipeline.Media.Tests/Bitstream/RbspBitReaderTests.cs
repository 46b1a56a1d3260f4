using Andmu.Pipeline.Media.Bitstream;
using CsCheck;

namespace Andmu.Pipeline.Media.Tests.Bitstream;

public sealed class RbspBitReaderTests
{
    [Theory]
    [InlineData("1", 0u)]
    [InlineData("010", 1u)]
    [InlineData("011", 2u)]
    [InlineData("00100", 3u)]
    [InlineData("00101", 4u)]
    [InlineData("00110", 5u)]
    [InlineData("00111", 6u)]
    [InlineData("0001000", 7u)]
    [InlineData("000000010000000", 127u)]
    public void ReadUe_TableOfTheStandard_GivesTheValue(string bits, uint expected)
    {
        RbspBitReader reader = new(Bytes(bits));

        Assert.Equal(expected, reader.ReadUe());
        Assert.False(reader.HasFailed);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("010", 1)]
    [InlineData("011", -1)]
    [InlineData("00100", 2)]
    [InlineData("00101", -2)]
    [InlineData("00110", 3)]
    public void ReadSe_TableOfTheStandard_GivesTheValue(string bits, int expected)
    {
        RbspBitReader reader = new(Bytes(bits));

        Assert.Equal(expected, reader.ReadSe());
    }

    [Fact]
    public void ReadUe_LargestCode_GivesTwoToThe32MinusTwo()
    {
        // 31 zeros, a one, 31 ones; with the emulation prevention that such zeros need.
        RbspBitReader reader = new([0, 0, 3, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE]);

        Assert.Equal(uint.MaxValue - 1, reader.ReadUe());
        Assert.False(reader.HasFailed);
    }

    [Fact]
    public void ReadUe_ThirtyTwoZeros_Fails()
    {
        RbspBitReader reader = new([0, 0, 3, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal(0u, reader.ReadUe());
        Assert.True(reader.HasFailed);
    }

    [Fact]
    public void ReadUe_AboveTheMaximum_FailsForGood()
    {
        RbspBitReader reader = new(Bytes("00101" + "11111111"));

        Assert.Equal(0, reader.ReadUe(3));
        Assert.True(reader.HasFailed);
        Assert.Equal(0u, reader.ReadBits(4));
    }

    [Theory]
    [InlineData("00000301", "000001")]
    [InlineData("0000030000030000FF", "000000000000FF")]
    [InlineData("000003", "0000")]
    [InlineData("00030003", "00030003")]
    [InlineData("03000003", "030000")]
    [InlineData("00000303", "000003")]
    public void ReadBits_EmulationPrevention_IsTakenOut(string hex, string expected)
    {
        byte[] data = Convert.FromHexString(hex);
        byte[] wanted = Convert.FromHexString(expected);
        byte[] guarded = [0, 0, .. data, 0xFF, 0xFF];
        RbspBitReader reader = new(guarded.AsSpan(2, data.Length));

        foreach (byte value in wanted)
        {
            Assert.Equal(value, reader.ReadBits(8));
        }

        Assert.False(reader.HasFailed);
        Assert.Equal(0u, reader.ReadBits(1));
        Assert.True(reader.HasFailed);
    }

    [Fact]
    public void ReadBits_AnyCuts_GivesTheBitsInOrder() =>
        Gen.Select(Gen.Byte[1, 255].Array[1, 40], Gen.Int[0, 32].Array[1, 40]).Sample((data, cuts) =>
        {
            string bits = string.Concat(data.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
            RbspBitReader reader = new(data);
            foreach (int cut in cuts)
            {
                uint value = reader.ReadBits(cut);
                if (cut > bits.Length)
                {
                    Assert.True(reader.HasFailed);
                    break;
                }

                Assert.Equal(cut == 0 ? 0 : Convert.ToUInt32(bits[..cut], 2), value);
                bits = bits[cut..];
            }
        });

    [Fact]
    public void SkipBits_PastTheEnd_Fails()
    {
        RbspBitReader reader = new(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 });

        reader.SkipBits(72);
        Assert.False(reader.HasFailed);
        reader.SkipBits(1);
        Assert.True(reader.HasFailed);
    }

    private static byte[] Bytes(string bits) =>
        [.. bits.PadRight((bits.Length + 7) / 8 * 8, '0').Chunk(8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
}
