using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Messages;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Tells the platform, and the host, how an upgrade goes (specification 5.2.11.2). Thread-safe.</summary>
internal sealed class FirmwareReports(FirmwareVersions versions, UplinkPort uplink, ILogger logger)
{
    public event Action<FirmwareProgress>? Progressed;

    /// <summary>An upgrade has come further: the handler of its event.</summary>
    public void OnProgress(UpgradeReport report)
    {
        Send(report.Session, report.Progress);
        try
        {
            Progressed?.Invoke(report.Progress);
        }
#pragma warning disable CA1031 // the host's handler must not end the upgrade
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }

    /// <summary>A command to upgrade is refused: its progress is all the answer that the protocol has.</summary>
    public void Refuse(MessageSession session, string reason) => Send(
        session, new FirmwareProgress(FirmwareStage.DownloadFailed, versions.Firmware, versions.CameraApp, 0, 0, $"Refused: {reason}."));

    /// <summary>Tells what became of an upgrade that a restart has ended.</summary>
    /// <returns>Whether it waits to be sent, over reconnects if need be.</returns>
    public bool Tell(UpgradeReport outcome) => Send(outcome.Session, outcome.Progress);

    private bool Send(MessageSession session, FirmwareProgress progress) => uplink.Send(new DeviceMessage(DeviceMessageType.FirmwareProgress)
    {
        Message = progress.ToJson(session),
        IsKept = progress.Stage is FirmwareStage.DownloadFailed or FirmwareStage.Installed or FirmwareStage.InstallFailed, // nobody asks again
    });
}
