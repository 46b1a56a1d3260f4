using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>An upgrade that has not ended, for the next start to tell of. Holds no secret.</summary>
/// <param name="Session">The command's <c>msgSession</c>, as <see cref="MessageSession.RawJson"/>; null when it had none.</param>
/// <param name="Kind">What is replaced.</param>
/// <param name="NewVersion">By which version.</param>
/// <param name="Stage"><see cref="FirmwareStage.DownloadStarted"/>, or <see cref="FirmwareStage.InstallStarted"/>.</param>
internal sealed record KeptUpgrade(string? Session, FirmwareKind Kind, string NewVersion, FirmwareStage Stage)
{
    public bool IsUsable =>
        MessageSession.TryParse(Session, out _) &&
        Kind is FirmwareKind.Firmware or FirmwareKind.CameraApp &&
        Stage is FirmwareStage.DownloadStarted or FirmwareStage.InstallStarted &&
        DownloadPolicy.IsVersion(NewVersion);

    /// <summary>The session; none when what is kept is none.</summary>
    public MessageSession ToSession() => MessageSession.TryParse(Session, out MessageSession session) ? session : default;
}
