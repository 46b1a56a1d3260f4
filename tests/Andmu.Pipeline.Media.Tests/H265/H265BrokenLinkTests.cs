using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Media.Tests.H265;

public sealed class H265BrokenLinkTests
{
    /// <summary>Two slices behind an SEI: the type changes, and nothing else.</summary>
    [Fact]
    public void Mark_CraOfTwoSlices_BothBecomeBlaWithRadl()
    {
        byte[] picture = Convert.FromHexString("000000014E01050280" + "000000012A01AF11" + "0000012A012222");
        H265BrokenLink.Mark(picture);
        Assert.Equal("000000014E01050280" + "000000012201AF11" + "00000122012222", Convert.ToHexString(picture));
    }

    [Theory]
    [InlineData("000000012801AF")] // IDR_N_LP
    [InlineData("000000012001AF")] // BLA_W_LP
    [InlineData("000000010201D0")] // TRAIL_R
    [InlineData("000000014201")] // SPS
    [InlineData("00000001")]
    [InlineData("000000012A")] // a header cut short is no slice
    [InlineData("2A01AF")]
    [InlineData("")]
    public void Mark_AnythingElse_StaysAsItIs(string annexB)
    {
        byte[] picture = Convert.FromHexString(annexB);
        H265BrokenLink.Mark(picture);
        Assert.Equal(annexB, Convert.ToHexString(picture));
    }

    [Fact]
    public void Mark_AnyBytes_Returns()
    {
        var random = new Random(265);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            bytes.AsSpan().Replace((byte)7, (byte)0);
            H265BrokenLink.Mark(bytes);
        }
    }
}
