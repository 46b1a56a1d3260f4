namespace Andmu.Pipeline.Control.Reports;

/// <summary>Stages of an upgrade, by their numbers on the wire (specification 5.2.11.2).</summary>
public enum FirmwareStage
{
    /// <summary>Not given; not reported.</summary>
    None = 0,

    /// <summary>The download starts.</summary>
    DownloadStarted = 1,

    /// <summary>The download goes on.</summary>
    Downloading = 2,

    /// <summary>The download is complete.</summary>
    Downloaded = 3,

    /// <summary>The download failed.</summary>
    DownloadFailed = 4,

    /// <summary>The installation starts.</summary>
    InstallStarted = 5,

    /// <summary>The installation goes on.</summary>
    Installing = 6,

    /// <summary>Installed; reported after the restart, in the session of the command.</summary>
    Installed = 7,

    /// <summary>The installation failed.</summary>
    InstallFailed = 8,
}
