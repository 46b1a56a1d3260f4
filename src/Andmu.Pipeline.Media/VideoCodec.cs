namespace Andmu.Pipeline.Media;

/// <summary>The video codecs of the platform; the values are those of <c>video_type</c> in the login (specification 5.2.1).</summary>
public enum VideoCodec
{
    /// <summary>ITU-T H.264, the default of the specification.</summary>
    H264 = 1,

    /// <summary>ITU-T H.265.</summary>
    H265 = 2,
}
