namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>One report of an upgrade (specification 5.2.11.2).</summary>
/// <param name="ReceivedAt">When it arrived, by the gateway's clock.</param>
/// <param name="Session">msgSession of the upgrade's command.</param>
/// <param name="Status">1 download starts, 2 downloading, 3 downloaded, 4 download failed, 5 install starts, 6 installing, 7 installed, 8 install failed.</param>
/// <param name="FirmwareVersion">The new firmware's version.</param>
/// <param name="CameraAppVersion">The new camera app's version.</param>
/// <param name="CurrentSize">Bytes downloaded.</param>
/// <param name="TotalSize">Bytes of the package.</param>
/// <param name="Comment">What the device says of a failure, or null.</param>
public sealed record FirmwareProgress(
    DateTimeOffset ReceivedAt,
    long Session,
    int Status,
    string FirmwareVersion,
    string CameraAppVersion,
    long CurrentSize,
    long TotalSize,
    string? Comment);
