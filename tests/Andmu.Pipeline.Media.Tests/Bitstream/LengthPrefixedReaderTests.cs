using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.Tests.Bitstream;

public sealed class LengthPrefixedReaderTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("0000000165", "65", false)]
    [InlineData("000000016500000002AABB", "65,AABB", false)]
    [InlineData("0000000000000001650000000000000000", "65", false)]
    [InlineData("00", "", true)]
    [InlineData("000000", "", true)]
    [InlineData("00000001", "", true)]
    [InlineData("0000000165000000", "65", true)]
    [InlineData("00000001650000000266", "65", true)]
    [InlineData("FFFFFFFF65", "", true)]
    [InlineData("FFFFFFFC65", "", true)]
    [InlineData("7FFFFFFF65", "", true)]
    [InlineData("8000000065", "", true)]
    public void TryRead_LengthsOfAllKinds_GivesUnitsAsFarAsTheyFit(string hex, string expected, bool isMalformed)
    {
        byte[] data = Convert.FromHexString(hex);
        byte[] guarded = [0xFF, .. data, 0xFF, 0xFF, 0xFF, 0xFF];
        List<string> units = [];

        LengthPrefixedReader reader = new(guarded.AsSpan(1, data.Length));
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            units.Add(Convert.ToHexString(unit));
        }

        Assert.Equal(expected, string.Join(',', units));
        Assert.Equal(isMalformed, reader.IsMalformed);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void TryRead_Sample_DoesNotAllocate()
    {
        byte[] data = Samples.LengthPrefixed([0x65, 1, 2, 3], [0x41]);
        Allocations.AssertNone(() =>
        {
            LengthPrefixedReader reader = new(data);
            while (reader.TryRead(out _))
            {
            }
        });
    }
}
