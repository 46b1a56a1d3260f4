using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

public sealed class FirmwareRequestTests
{
    private static readonly FirmwareRequest Good = new(
        MessageSession.FromNumber(7), FirmwareKind.Firmware, "https://packages.example/x?sign=CANARY", "1.0", "00");

    [Fact]
    public void Of_Command_HasItsWords()
    {
        string address = "https://B\u00fccher.example:444/a b/x.enc?sign=1%2f2";
        var command = new UpgradeFirmware(FirmwareKind.CameraApp, new Uri(address), "2.0", "ec5fd1e4b7e6d3a31f821203a19ccf43");
        Assert.Equal(
            new FirmwareRequest(Good.Session, FirmwareKind.CameraApp, address, "2.0", "ec5fd1e4b7e6d3a31f821203a19ccf43"),
            FirmwareRequest.Of(Good.Session, command));
    }

    [Fact]
    public void ToString_HasNoAddress()
    {
        Assert.DoesNotContain("CANARY", Good.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("packages.example", Good.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void IsRepeatedBy_SameSession_IsWhateverItSays()
    {
        Assert.True(Good.IsRepeatedBy(Good with { NewVersion = "1.1" }));
        Assert.False(Good.IsRepeatedBy(Good with { Session = MessageSession.FromNumber(8) }));
        Assert.False(Good.IsRepeatedBy(Good with { Session = default }));
    }

    [Fact]
    public void IsRepeatedBy_NoSession_IsBySameWordsOnly()
    {
        FirmwareRequest request = Good with { Session = default };
        Assert.True(request.IsRepeatedBy(Good with { Session = default }));
        Assert.False(request.IsRepeatedBy(request with { NewVersion = "1.1" }));
        Assert.False(request.IsRepeatedBy(Good));
    }
}
