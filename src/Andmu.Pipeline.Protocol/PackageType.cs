namespace Andmu.Pipeline.Protocol;

/// <summary>
/// What a media package holds: TDMediaPackage.package_type (specification 5.2.3). A value read from a peer that is none of these
/// keeps its number.
/// </summary>
public enum PackageType : uint
{
    /// <summary>One audio pack.</summary>
    Audio = 1,

    /// <summary>One coded picture.</summary>
    Video = 2,

    /// <summary>SPS and PPS, and VPS for H.265: they precede every key frame.</summary>
    ParameterSets = 3,

    /// <summary>A JPEG picture, sent only when the platform asks (specification 5.2.7).</summary>
    Thumbnail = 5,
}
