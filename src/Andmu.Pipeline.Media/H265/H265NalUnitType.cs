namespace Andmu.Pipeline.Media.H265;

/// <summary><c>nal_unit_type</c>: ITU-T H.265 table 7-1. Values not named here are reserved, or unspecified (48 to 63).</summary>
public enum H265NalUnitType
{
    /// <summary>Trailing picture, not referred to within its sub-layer (TRAIL_N).</summary>
    TrailN = 0,

    /// <summary>Trailing picture (TRAIL_R).</summary>
    TrailR = 1,

    /// <summary>Temporal sub-layer access, not referred to (TSA_N).</summary>
    TsaN = 2,

    /// <summary>Temporal sub-layer access (TSA_R).</summary>
    TsaR = 3,

    /// <summary>Step-wise temporal sub-layer access, not referred to (STSA_N).</summary>
    StsaN = 4,

    /// <summary>Step-wise temporal sub-layer access (STSA_R).</summary>
    StsaR = 5,

    /// <summary>Random access decodable leading picture, not referred to (RADL_N).</summary>
    RadlN = 6,

    /// <summary>Random access decodable leading picture (RADL_R).</summary>
    RadlR = 7,

    /// <summary>Random access skipped leading picture, not referred to (RASL_N).</summary>
    RaslN = 8,

    /// <summary>Random access skipped leading picture (RASL_R).</summary>
    RaslR = 9,

    /// <summary>Broken link access with leading pictures (BLA_W_LP).</summary>
    BlaWithLeading = 16,

    /// <summary>Broken link access with decodable leading pictures (BLA_W_RADL).</summary>
    BlaWithRadl = 17,

    /// <summary>Broken link access without leading pictures (BLA_N_LP).</summary>
    BlaNoLeading = 18,

    /// <summary>Instantaneous decoding refresh with decodable leading pictures (IDR_W_RADL).</summary>
    IdrWithRadl = 19,

    /// <summary>Instantaneous decoding refresh without leading pictures (IDR_N_LP).</summary>
    IdrNoLeading = 20,

    /// <summary>Clean random access (CRA).</summary>
    Cra = 21,

    /// <summary>Video parameter set (VPS).</summary>
    VideoParameterSet = 32,

    /// <summary>Sequence parameter set (SPS).</summary>
    SequenceParameterSet = 33,

    /// <summary>Picture parameter set (PPS).</summary>
    PictureParameterSet = 34,

    /// <summary>Access unit delimiter (AUD).</summary>
    AccessUnitDelimiter = 35,

    /// <summary>End of sequence.</summary>
    EndOfSequence = 36,

    /// <summary>End of bitstream.</summary>
    EndOfBitstream = 37,

    /// <summary>Filler data.</summary>
    FillerData = 38,

    /// <summary>Supplemental enhancement information before the slices (prefix SEI).</summary>
    PrefixSupplementalEnhancementInformation = 39,

    /// <summary>Supplemental enhancement information behind the slices (suffix SEI).</summary>
    SuffixSupplementalEnhancementInformation = 40,

    /// <summary>Unspecified; also given for a unit that is shorter than its header or has its forbidden_zero_bit set.</summary>
    Unspecified = 63,
}
