using Andmu.Pipeline.Media;

namespace Andmu.Pipeline;

/// <summary>What a login says of the media that will come (DevLoginReq, specification 5.2.1).</summary>
public sealed record StreamDescription
{
    /// <summary>Video codec. Default H.264.</summary>
    public VideoCodec VideoCodec { get; init; } = VideoCodec.H264;

    /// <summary>Luma samples across. Once the video track has seen parameter sets, theirs are sent instead.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Luma samples down. Once the video track has seen parameter sets, theirs are sent instead.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Audio codec. Default G.711 A-law.</summary>
    public AudioCodec AudioCodec { get; init; } = AudioCodec.G711ALaw;

    /// <summary>Sampling rate of the audio in kHz. Default 8.</summary>
    public int AudioKilohertz { get; init; } = 8;

    /// <summary>Channels of the audio. Default 1.</summary>
    public int AudioChannels { get; init; } = 1;
}
