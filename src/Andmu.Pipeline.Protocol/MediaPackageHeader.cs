namespace Andmu.Pipeline.Protocol;

/// <summary>The fields of a TDMediaPackage beside its data (specification 5.2.3).</summary>
/// <param name="PackageType">What the data is.</param>
/// <param name="IsKeyFrame">Whether the data is a key frame: sync is 1, else 0.</param>
/// <param name="StartTime">Milliseconds on the media clock; wraps to 0.</param>
/// <param name="SequenceNumber">seq_num: audio and video each count their own; wraps to 0.</param>
/// <param name="IpcamTime">Milliseconds since 1970 (UTC) when the media was captured; null to leave it out.</param>
/// <param name="ControlFlag">Event-recording plan only: 1 caused by an event, 2 caused by a viewer; null to leave it out.</param>
public readonly record struct MediaPackageHeader(
    PackageType PackageType,
    bool IsKeyFrame,
    uint StartTime,
    uint SequenceNumber,
    ulong? IpcamTime,
    uint? ControlFlag);
