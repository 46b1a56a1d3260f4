namespace Andmu.Pipeline.Protocol.Tests;

public sealed class PacketLimitsTests
{
    [Fact]
    public void Default_Always_Is16MiBForMediaAnd1MiBForTheRest()
    {
        Assert.Equal(16_777_216, PacketLimits.Default.MaxMediaPacketBytes);
        Assert.Equal(1_048_576, PacketLimits.Default.MaxControlPacketBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Init_BelowOne_Throws(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketLimits { MaxMediaPacketBytes = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketLimits { MaxControlPacketBytes = value });
    }
}
