namespace Andmu.Pipeline.Device.Firmware;

/// <summary>An upgrade that has not ended, for the next start to tell of. Holds no secret.</summary>
/// <param name="Session">The command's <c>msgSession</c>.</param>
/// <param name="ServiceType">What is replaced.</param>
/// <param name="NewVersion">By which version.</param>
/// <param name="Stage"><see cref="FirmwareStage.DownloadStarted"/>, or <see cref="FirmwareStage.InstallStarted"/>.</param>
internal sealed record KeptUpgrade(long Session, FirmwareServiceType ServiceType, string NewVersion, FirmwareStage Stage)
{
    public bool IsUsable =>
        ServiceType is FirmwareServiceType.Firmware or FirmwareServiceType.CameraApp &&
        Stage is FirmwareStage.DownloadStarted or FirmwareStage.InstallStarted &&
        DownloadPolicy.IsVersion(NewVersion);
}
