namespace Andmu.Pipeline.Media.H264;

/// <summary><c>nal_unit_type</c>: ITU-T H.264 table 7-1. Values not named here are reserved, or unspecified (24 to 31).</summary>
public enum H264NalUnitType
{
    /// <summary>Unspecified; also given for a unit that is empty or has its forbidden_zero_bit set.</summary>
    Unspecified = 0,

    /// <summary>Coded slice of a non-IDR picture.</summary>
    Slice = 1,

    /// <summary>Coded slice data partition A.</summary>
    DataPartitionA = 2,

    /// <summary>Coded slice data partition B.</summary>
    DataPartitionB = 3,

    /// <summary>Coded slice data partition C.</summary>
    DataPartitionC = 4,

    /// <summary>Coded slice of an IDR picture.</summary>
    IdrSlice = 5,

    /// <summary>Supplemental enhancement information (SEI).</summary>
    SupplementalEnhancementInformation = 6,

    /// <summary>Sequence parameter set (SPS).</summary>
    SequenceParameterSet = 7,

    /// <summary>Picture parameter set (PPS).</summary>
    PictureParameterSet = 8,

    /// <summary>Access unit delimiter (AUD).</summary>
    AccessUnitDelimiter = 9,

    /// <summary>End of sequence.</summary>
    EndOfSequence = 10,

    /// <summary>End of stream.</summary>
    EndOfStream = 11,

    /// <summary>Filler data.</summary>
    FillerData = 12,

    /// <summary>Sequence parameter set extension: the alpha of auxiliary pictures.</summary>
    SequenceParameterSetExtension = 13,

    /// <summary>Prefix NAL unit of the scalable and multiview extensions.</summary>
    Prefix = 14,

    /// <summary>Subset sequence parameter set of the scalable and multiview extensions.</summary>
    SubsetSequenceParameterSet = 15,

    /// <summary>Coded slice of an auxiliary picture.</summary>
    AuxiliarySlice = 19,

    /// <summary>Coded slice of the scalable and multiview extensions.</summary>
    ExtensionSlice = 20,
}
