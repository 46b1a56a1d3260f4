namespace Andmu.Pipeline.Media;

/// <summary>Why an access unit has no picture that can be sent.</summary>
public enum AccessUnitFault
{
    /// <summary>There is a picture.</summary>
    None,

    /// <summary>No NAL unit at all: empty, or no start code in what was said to be Annex B.</summary>
    NoNalUnit,

    /// <summary>A length prefix reaches past the end, or bytes are left over behind the last unit.</summary>
    BadLengthPrefix,

    /// <summary>NAL units, but no coded slice: parameter sets alone, for example, which the cache has now learnt.</summary>
    NoPicture,
}
