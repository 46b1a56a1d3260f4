namespace Andmu.Pipeline.Media;

/// <summary>How the NAL units of an access unit are told apart.</summary>
public enum NalFraming
{
    /// <summary>Start codes 00 00 01 or 00 00 00 01 (annex B of both standards): what encoders give and the platform takes.</summary>
    AnnexB,

    /// <summary>A four-byte big-endian length before each unit, as in MP4 samples (ISO/IEC 14496-15, lengthSizeMinusOne = 3).</summary>
    FourByteLength,
}
