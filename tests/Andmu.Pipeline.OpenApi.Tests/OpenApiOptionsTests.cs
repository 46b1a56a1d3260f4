using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

public sealed class OpenApiOptionsTests
{
    [Theory]
    [InlineData("https://openapi.example", "https://openapi.example/andmu/v2/service/batch")]
    [InlineData("https://openapi.example:8443/", "https://openapi.example:8443/andmu/v2/service/batch")]
    [InlineData("https://openapi.example/other/batch", "https://openapi.example/other/batch")]
    public void Endpoint_HostAlone_GetsThePath(string given, string address) =>
        Assert.Equal(address, (Sample.Options with { Endpoint = new Uri(given) }).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("http://openapi.example")]
    [InlineData("/andmu/v2/service/batch")]
    [InlineData("ftp://openapi.example")]
    [InlineData("https://user:password@openapi.example")]
    [InlineData("https://openapi.example/?a=b")]
    [InlineData("https://openapi.example/#a")]
    public void Endpoint_NotAPlainHttpsAddress_Throws(string given) =>
        Assert.Throws<ArgumentException>("Endpoint", () => Sample.Options with { Endpoint = new Uri(given, UriKind.RelativeOrAbsolute) });

    [Theory]
    [InlineData("")]
    [InlineData("11023456789456")]
    [InlineData("1102345678945621")]
    [InlineData("11023456789456x")]
    [InlineData("١١٠٢٣٤٥٦٧٨٩٤٥٦٢")]
    public void DeviceId_Not15Digits_Throws(string id) => Assert.Throws<ArgumentException>("DeviceId", () => Sample.Options with { DeviceId = id });

    [Theory]
    [InlineData("20:59:a0:74:e0:bc")]
    [InlineData("20-59-A0-74-E0-BC")]
    [InlineData("2059.a074.e0bc")]
    public void DeviceMacAddress_Separators_ThrowsAndSaysHow(string mac)
    {
        var exception = Assert.Throws<ArgumentException>("DeviceMacAddress", () => Sample.Options with { DeviceMacAddress = mac });
        Assert.Contains("without colons", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2059a074e0b")]
    [InlineData("2059a074e0bg")]
    [InlineData("2059a074e0bc0")]
    public void DeviceMacAddress_Not12HexDigits_Throws(string mac) =>
        Assert.Throws<ArgumentException>("DeviceMacAddress", () => Sample.Options with { DeviceMacAddress = mac });

    [Fact]
    public void DeviceMacAddress_UpperCase_IsKept() =>
        Assert.Equal("2059A074E0BC", (Sample.Options with { DeviceMacAddress = "2059A074E0BC" }).DeviceMacAddress);

    [Theory]
    [InlineData(" ")]
    [InlineData("a\"b")]
    [InlineData("a\r\nX-Other: b")]
    [InlineData("和目")]
    public void AccessKey_CannotStandInAHeader_Throws(string key) =>
        Assert.Throws<ArgumentException>("AccessKey", () => Sample.Options with { AccessKey = key });

    [Fact]
    public void AccessKey_WithHyphen_IsAccepted() => Assert.Equal("5e2abe86-6aa", (Sample.Options with { AccessKey = "5e2abe86-6aa" }).AccessKey);

    [Fact]
    public void AccessSecret_TooLong_ThrowsWithoutSayingIt()
    {
        var exception = Assert.Throws<ArgumentException>("AccessSecret", () => Sample.Options with { AccessSecret = new string('s', 1024) });
        Assert.DoesNotContain("ssss", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401_000)]
    public void Timeout_OutOfRange_Throws(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>("Timeout", () => Sample.Options with { Timeout = TimeSpan.FromMilliseconds(milliseconds) });

    [Theory]
    [InlineData(1023)]
    [InlineData(int.MaxValue)]
    public void MaxResponseBytes_OutOfRange_Throws(int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>("MaxResponseBytes", () => Sample.Options with { MaxResponseBytes = bytes });

    [Fact]
    public void ToString_Any_LeavesTheSecretOut()
    {
        string text = Sample.Options.ToString();
        Assert.DoesNotContain(Sample.Secret, text, StringComparison.Ordinal);
        Assert.Contains("Zhejian", text, StringComparison.Ordinal);
    }
}
