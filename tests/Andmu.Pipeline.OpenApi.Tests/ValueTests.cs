using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>The small records that check themselves.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData(FixedCapabilities.None, "['HW':'3RD-X01','FEATURE':0]")]
    [InlineData(FixedCapabilities.WiFi | FixedCapabilities.Ptz, "['HW':'3RD-X01','FEATURE':17]")]
    [InlineData(FixedCapabilities.NoMicrophone | FixedCapabilities.Fisheye, "['HW':'3RD-X01','FEATURE':2560]")]
    public void DeviceCommentToString_Capabilities_AreADecimalBitSet(FixedCapabilities capabilities, string comment) =>
        Assert.Equal(comment, new DeviceComment("3RD-X01", capabilities).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3RD X01")]
    [InlineData("3RD'X01")]
    [InlineData("3RD]X01")]
    [InlineData("摄像头")]
    public void DeviceComment_HardwareBreaksTheNotation_Throws(string given) =>
        Assert.Throws<ArgumentException>("hardware", () => new DeviceComment(given, FixedCapabilities.None));

    [Fact]
    public void DeviceAngleToString_SpecificationSample_IsItsText() => Assert.Equal("355:96:69:65:10:30", new DeviceAngle(355, 96, 69, 65, 10, 30).ToString());

    [Theory]
    [InlineData("220.1.1.10")]
    [InlineData("hedgw.example")]
    [InlineData("::1")]
    public void HedgwAddress_NameOrAddress_IsAccepted(string host) => Assert.Equal(host, new HedgwAddress(host, 50922).Host);

    [Theory]
    [InlineData("a b")]
    [InlineData("host\nname")]
    [InlineData("[::1]")]
    [InlineData("host:1")]
    [InlineData("和目.example")]
    [InlineData("https://host")]
    public void HedgwAddress_NeitherNameNorAddress_Throws(string given) => Assert.Throws<ArgumentException>("host", () => new HedgwAddress(given, 1));

    [Fact]
    public void HedgwAddress_NameTooLong_Throws() =>
        Assert.Throws<ArgumentException>("host", () => new HedgwAddress(string.Join('.', Enumerable.Repeat("label", 50)), 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void HedgwAddress_PortOutOfRange_Throws(int given) => Assert.Throws<ArgumentOutOfRangeException>("port", () => new HedgwAddress("host", given));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void RegisterRequest_EmptyToken_Throws(string token) => Assert.Throws<ArgumentException>("UserToken", () => Sample.Register with { UserToken = token });

    [Fact]
    public void ToString_RecordsWithTokens_LeaveThemOut()
    {
        string all = $"{Sample.Register} {new Registration("TOKEN", "U1")} {new BindInfo("13888888888", "TOKEN")}";
        Assert.DoesNotContain("TOKEN", all, StringComparison.Ordinal);
        Assert.DoesNotContain("e10adc39", all, StringComparison.Ordinal);
        Assert.DoesNotContain("13888888888", all, StringComparison.Ordinal);
        Assert.Contains("U1", all, StringComparison.Ordinal);
    }
}
