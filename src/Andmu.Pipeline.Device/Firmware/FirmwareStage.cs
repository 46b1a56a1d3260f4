namespace Andmu.Pipeline.Device.Firmware;

/// <summary>How far an upgrade has come; the numbers are those of the progress message's <c>status</c> (specification 5.2.11.2).</summary>
public enum FirmwareStage
{
    /// <summary>The command is accepted and the download starts.</summary>
    DownloadStarted = 1,

    /// <summary>Bytes come in: <see cref="FirmwareProgress.CurrentBytes"/> of <see cref="FirmwareProgress.TotalBytes"/>.</summary>
    Downloading = 2,

    /// <summary>The package is there, has the command's checksum, and the host's verifier has said yes.</summary>
    Downloaded = 3,

    /// <summary>There is no package to install, or none that may be: <see cref="FirmwareProgress.Comment"/>. The end of this upgrade.</summary>
    DownloadFailed = 4,

    /// <summary>The installation is about to start.</summary>
    InstallStarted = 5,

    /// <summary>The host's installer has the package. What becomes of it is known after the restart.</summary>
    Installing = 6,

    /// <summary>The device runs the new version. Told after the restart only.</summary>
    Installed = 7,

    /// <summary>The installer failed, or the device runs another version after the restart: <see cref="FirmwareProgress.Comment"/>.</summary>
    InstallFailed = 8,
}
