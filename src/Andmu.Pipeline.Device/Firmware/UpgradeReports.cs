using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Tells the device and the log how far an upgrade is. Thread-safe.</summary>
internal sealed class UpgradeReports(string firmwareVersion, string cameraAppVersion, ILogger logger)
{
    public event Action<UpgradeReport>? Raised;

    public void Raise(FirmwareRequest request, FirmwareStage stage, long current = 0, long total = 0, string comment = "")
    {
        // A version that is none goes neither to the log nor to the platform.
        string version = DownloadPolicy.IsVersion(request.NewVersion) ? request.NewVersion : "";
        var report = new UpgradeReport(request.Session, request.Kind, Progress(request.Kind, version, stage, current, total, comment));
        Log.FirmwareProgressed(logger, request.Kind, version, report);
        try
        {
            Raised?.Invoke(report);
        }
#pragma warning disable CA1031 // the handler must not end the upgrade
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }

    /// <summary>What became of an upgrade that a restart has ended.</summary>
    public UpgradeReport Outcome(KeptUpgrade kept)
    {
        string running = kept.Kind == FirmwareKind.CameraApp ? cameraAppVersion : firmwareVersion;
        (FirmwareStage stage, string comment) = kept.Stage switch
        {
            FirmwareStage.DownloadStarted => (FirmwareStage.DownloadFailed, "The device was restarted before the package was there."),
            _ when running == kept.NewVersion => (FirmwareStage.Installed, ""),
            _ => (FirmwareStage.InstallFailed, $"After the restart the device runs {running}, not {kept.NewVersion}."),
        };
        return new UpgradeReport(kept.ToSession(), kept.Kind, Progress(kept.Kind, kept.NewVersion, stage, current: 0, total: 0, comment));
    }

    private FirmwareProgress Progress(FirmwareKind kind, string newVersion, FirmwareStage stage, long current, long total, string comment) => new(
        stage,
        FirmwareVersion: kind == FirmwareKind.Firmware ? newVersion : firmwareVersion,
        CameraAppVersion: kind == FirmwareKind.CameraApp ? newVersion : cameraAppVersion,
        current, total, comment);
}
