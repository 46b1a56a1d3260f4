using Andmu.Pipeline.Control.Reports;
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
        Assert.Null(Good.HttpClient);
        Assert.Null(Good.TrustedRoots);
        Assert.Equal((256L << 20, 3), (Good.MaxBytes, Good.MaxRedirects));
        Assert.Equal(Path.GetFullPath("staging"), Good.StagingDirectory);
    }

    [Fact]
    public void Values_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentException>(static () => Good with { StagingDirectory = " " });
        Assert.Throws<ArgumentNullException>(static () => Good with { Installer = null! });
        Assert.Throws<ArgumentNullException>(static () => Good with { AllowedHosts = null! });
        Assert.Throws<ArgumentException>(static () => Good with { TrustedRoots = [] });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { MaxBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { MaxRedirects = 21 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { StallTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { DownloadTimeout = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { ProgressInterval = -TimeSpan.FromSeconds(1) });
        Assert.Throws<ArgumentOutOfRangeException>(static () => Good with { ProgressPercent = 101 });
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://packages.example")]
    [InlineData("packages.example:443")]
    [InlineData("packages.example/firmware")]
    [InlineData("user@packages.example")]
    [InlineData("*.example")]
    [InlineData(null)]
    public void AllowedHosts_WhatIsNoName_Throws(string? host) =>
        Assert.Throws<ArgumentException>(() => Good with { AllowedHosts = ["packages.example", host!] });

    [Fact]
    public void AllowedHosts_AlteredAfterwards_StandAsChecked()
    {
        List<string> hosts = ["packages.example"];
        FirmwareOptions options = Good with { AllowedHosts = hosts };
        hosts.Add("elsewhere.example");
        Assert.Equal(["packages.example"], options.AllowedHosts);
    }

    [Fact]
    public void Comment_CutInTheMiddleOfACharacter_IsCutBeforeIt()
    {
        string kept = new('x', FirmwareProgress.MaxCommentLength - 1);
        var progress = new FirmwareProgress(FirmwareStage.InstallFailed, "1", "2", 0, 0, kept + "\U0001F600");
        Assert.Equal(kept, progress.Comment);
        Assert.Equal(kept, (progress with { Comment = kept + "\U0001F600\U0001F600" }).Comment);
    }
}
