namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>The tracks of every file: ids and units of time.</summary>
internal static class Mp4Tracks
{
    public const uint VideoId = 1;
    public const uint AudioId = 2;

    /// <summary>The media clock counts milliseconds (specification 5.2.3): nothing is rounded.</summary>
    public const uint VideoTimescale = 1000;

    /// <summary>A unit is a sample.</summary>
    public const uint AudioTimescale = Flac.FlacEncoder.SampleRate;
}
