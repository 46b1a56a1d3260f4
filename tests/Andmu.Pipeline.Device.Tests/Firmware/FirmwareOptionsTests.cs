using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

public sealed class FirmwareOptionsTests
{
    private static readonly FirmwareOptions Good = new() { StagingDirectory = "staging", Installer = static (_, _) => ValueTask.CompletedTask };

    [Fact]
    public void Defaults_AreTheSafeOnes()
    {
        Assert.False(Good.AllowUnverified);
        Assert.False(Good.AllowPlainHttp);
        Assert.Empty(Good.AllowedHosts);
        Assert.Equal((256L << 20, 3), (Good.MaxBytes, Good.MaxRedirects));
        Assert.Equal(Path.GetFullPath("staging"), Good.StagingDirectory);
    }

    [Fact]
    public void Values_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentException>(static () => Good with { StagingDirectory = " " });
        Assert.Throws<ArgumentNullException>(static () => Good with { Installer = null! });
        Assert.Throws<ArgumentNullException>(static () => Good with { AllowedHosts = null! });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { MaxBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { MaxRedirects = 21 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { StallTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { DownloadTimeout = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { ProgressInterval = -TimeSpan.FromSeconds(1) });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { ProgressPercent = 101 });
    }

    [Fact]
    public void Request_ToString_HasNoAddress()
    {
        var request = new FirmwareRequest(7, FirmwareServiceType.Firmware, "https://packages.example/x?sign=CANARY", "1.0", "00");
        Assert.DoesNotContain("CANARY", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Comment_CutInTheMiddleOfACharacter_IsCutBeforeIt()
    {
        var progress = new FirmwareProgress
        {
            Session = 1,
            ServiceType = FirmwareServiceType.Firmware,
            FirmwareVersion = "1",
            CameraAppVersion = "2",
            Stage = FirmwareStage.InstallFailed,
            Comment = new string('x', FirmwareProgress.MaxCommentLength - 1) + "\U0001F600",
        };
        Assert.Equal(new string('x', FirmwareProgress.MaxCommentLength - 1), progress.Comment);
    }
}
