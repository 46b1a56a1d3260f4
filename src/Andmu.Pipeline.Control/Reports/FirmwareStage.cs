namespace Andmu.Pipeline.Control.Reports;

/// <summary>Stages of an upgrade, by their numbers on the wire (specification 5.2.11.2).</summary>
public enum FirmwareStage
{
    /// <summary>Not given; not reported.</summary>
    None = 0,

    /// <summary>The download starts.</summary>
    DownloadStarted = 1,

    /// <summary>The download goes on: <see cref="FirmwareProgress.CurrentBytes"/> of <see cref="FirmwareProgress.TotalBytes"/>.</summary>
    Downloading = 2,

    /// <summary>The download is complete, and the package is the one that was announced.</summary>
    Downloaded = 3,

    /// <summary>The download failed, or what came may not be installed: <see cref="FirmwareProgress.Comment"/>. The end of the upgrade.</summary>
    DownloadFailed = 4,

    /// <summary>The installation starts.</summary>
    InstallStarted = 5,

    /// <summary>The installation goes on; what becomes of it is known after the restart.</summary>
    Installing = 6,

    /// <summary>Installed; reported after the restart, in the session of the command.</summary>
    Installed = 7,

    /// <summary>The installation failed, or the device runs another version after the restart: <see cref="FirmwareProgress.Comment"/>.</summary>
    InstallFailed = 8,
}
