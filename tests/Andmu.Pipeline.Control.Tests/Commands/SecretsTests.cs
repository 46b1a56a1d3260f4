using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control.Tests.Commands;

public sealed class SecretsTests
{
    [Fact]
    public void ToString_SetWifi_WithoutKey()
    {
        string text = new SetWifi("20d28", "14:E6:E4:80:08:D", "WPA/WPA2", "topsecret").ToString();

        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
        Assert.Contains("Ssid = 20d28", text, StringComparison.Ordinal);
        Assert.Contains("1793/17", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_UpgradeFirmware_NoPathNoQuery()
    {
        string text = new UpgradeFirmware(
            FirmwareKind.Firmware, new Uri("https://user:topsecret@host.example/path?token=topsecret"), "1.0", new string('0', 32)).ToString();

        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
        Assert.Contains("https://host.example/...", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ssid":5,"bssid":"","encryption":"","key":"topsecret"}""")]
    [InlineData("""{"ssid":"s","bssid":"","encryption":"","key":["topsecret"]}""")]
    [InlineData("""{"ssid":"s","bssid":"","encryption":"","key":"topsecret","KEY":"topsecret"}""")]
    [InlineData("""{"ssid":"s","bssid":"","encryption":"","key":"topsecrettopsecrettopsecrettopsecrettopsecrettopsecrettopsecrettopsecret"}""")]
    public void Parse_RefusedWifi_NothingOfTheKey(string parameters)
    {
        ReceivedCommand received =
            CommandParser.Parse($$$"""{"msgSession":1,"msgContent":{"request":1793,"subRequest":17,"requestParams":{{{parameters}}}}}""");

        Assert.NotNull(received.Refusal);
        Assert.DoesNotContain("topsecret", received.Refusal.ToString(), StringComparison.Ordinal);
    }
}
