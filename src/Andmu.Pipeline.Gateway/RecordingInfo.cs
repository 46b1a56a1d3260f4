using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway;

/// <summary>One recording's file; a snapshot.</summary>
/// <param name="DeviceId">The device's 15 digits.</param>
/// <param name="ChannelId">0 live stream, 1 SD-card backlog.</param>
/// <param name="Path">The file: fragmented MP4.</param>
/// <param name="StartedAt">When its first picture was taken: by the device's clock, or the gateway's when the device sent none.</param>
/// <param name="Codec">The video's codec.</param>
/// <param name="Width">Luma samples.</param>
/// <param name="Height">Luma samples.</param>
/// <param name="HasAudio">Whether it has a FLAC track.</param>
/// <param name="Frames">Pictures written so far.</param>
/// <param name="Duration">Length of the video written so far.</param>
/// <param name="Bytes">Bytes written so far.</param>
/// <param name="IsFinished">The file is complete and will not change any more.</param>
public sealed record RecordingInfo(
    string DeviceId,
    int ChannelId,
    string Path,
    DateTimeOffset StartedAt,
    VideoCodec Codec,
    int Width,
    int Height,
    bool HasAudio,
    long Frames,
    TimeSpan Duration,
    long Bytes,
    bool IsFinished);
