using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

public sealed class UpgradeReportTests
{
    [Theory]
    [InlineData(FirmwareStage.DownloadStarted, "DownloadStarted")]
    [InlineData(FirmwareStage.Downloading, "Downloading: 1000 of 300007 bytes")]
    [InlineData(FirmwareStage.Downloaded, "Downloaded")]
    [InlineData(FirmwareStage.DownloadFailed, "DownloadFailed: Why.")]
    [InlineData(FirmwareStage.InstallStarted, "InstallStarted")]
    [InlineData(FirmwareStage.Installing, "Installing")]
    [InlineData(FirmwareStage.Installed, "Installed")]
    [InlineData(FirmwareStage.InstallFailed, "InstallFailed: Why.")]
    public void ToString_Stage_IsOneLineForPeople(FirmwareStage stage, string line) =>
        Assert.Equal(line, new UpgradeReport(FirmwareWorld.Session, FirmwareKind.Firmware, new FirmwareProgress(stage, "1", "2", 1000, 300_007, "Why.")).ToString());
}
