using System.Globalization;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>How far an upgrade is, and in whose session the platform is to be told (specification 5.2.11.2).</summary>
/// <param name="Session">The <c>msgSession</c> of the command.</param>
/// <param name="Kind">What is being replaced.</param>
/// <param name="Progress">How far. Its comment holds no secret of the command.</param>
internal sealed record UpgradeReport(MessageSession Session, FirmwareKind Kind, FirmwareProgress Progress)
{
    /// <summary>The progress in one line for people.</summary>
    public override string ToString() => Progress.Stage switch
    {
        FirmwareStage.Downloading => string.Create(
            CultureInfo.InvariantCulture, $"{Progress.Stage}: {Progress.CurrentBytes} of {Progress.TotalBytes} bytes"),
        FirmwareStage.DownloadFailed or FirmwareStage.InstallFailed => $"{Progress.Stage}: {Progress.Comment}",
        _ => $"{Progress.Stage}",
    };
}
