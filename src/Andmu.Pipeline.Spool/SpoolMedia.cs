namespace Andmu.Pipeline.Spool;

/// <summary>The fields of a media package (TDMediaPackage, specification 5.2.3) beside its data, as they were when it was captured.</summary>
/// <param name="PackageType">package_type: 1 audio, 2 video, 3 parameter sets, 5 thumbnail.</param>
/// <param name="IsKeyFrame">sync is 1: a key frame, or the parameter sets before one.</param>
/// <param name="StartTime">start_time: ms on the media clock; wraps to 0.</param>
/// <param name="SequenceNumber">seq_num: audio and video each count their own; wraps to 0.</param>
/// <param name="IpcamTime">ipcam_time: ms since 1970 (UTC) when the media was captured; null for none.</param>
/// <param name="ControlFlag">control_flag: null for none.</param>
public readonly record struct SpoolMedia(
    uint PackageType,
    bool IsKeyFrame,
    uint StartTime,
    uint SequenceNumber,
    ulong? IpcamTime,
    uint? ControlFlag = null);
