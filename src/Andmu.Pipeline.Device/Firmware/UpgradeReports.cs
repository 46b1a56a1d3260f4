using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Tells the host and the log how far an upgrade is. Thread-safe.</summary>
internal sealed class UpgradeReports(string firmwareVersion, string cameraAppVersion, ILogger logger)
{
    public event Action<FirmwareProgress>? Raised;

    public void Raise(FirmwareRequest request, FirmwareStage stage, long current = 0, long total = 0, string comment = "")
    {
        // A version that is none goes neither to the log nor to the platform.
        string version = DownloadPolicy.IsVersion(request.NewVersion) ? request.NewVersion : "";
        FirmwareProgress progress = Make(request.Session, request.ServiceType, version, stage, comment) with { CurrentBytes = current, TotalBytes = total };
        Log.FirmwareProgressed(logger, request.ServiceType, version, progress);
        try
        {
            Raised?.Invoke(progress);
        }
#pragma warning disable CA1031 // the host's handler must not end the upgrade
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }

    /// <summary>What became of an upgrade that a restart has ended.</summary>
    public FirmwareProgress Outcome(KeptUpgrade kept)
    {
        string running = kept.ServiceType == FirmwareServiceType.CameraApp ? cameraAppVersion : firmwareVersion;
        (FirmwareStage stage, string comment) = kept.Stage switch
        {
            FirmwareStage.DownloadStarted => (FirmwareStage.DownloadFailed, "The device was restarted before the package was there."),
            _ when running == kept.NewVersion => (FirmwareStage.Installed, ""),
            _ => (FirmwareStage.InstallFailed, $"After the restart the device runs {running}, not {kept.NewVersion}."),
        };
        return Make(kept.Session, kept.ServiceType, kept.NewVersion, stage, comment);
    }

    private FirmwareProgress Make(long session, FirmwareServiceType serviceType, string newVersion, FirmwareStage stage, string comment) => new()
    {
        Session = session,
        ServiceType = serviceType,
        FirmwareVersion = serviceType == FirmwareServiceType.Firmware ? newVersion : firmwareVersion,
        CameraAppVersion = serviceType == FirmwareServiceType.CameraApp ? newVersion : cameraAppVersion,
        Stage = stage,
        Comment = comment,
    };
}
