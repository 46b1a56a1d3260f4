namespace Andmu.Pipeline.Media.ParameterSets;

/// <summary>The kinds of parameter sets, in the order in which they refer to one another and are sent.</summary>
public enum ParameterSetKind
{
    /// <summary>Video parameter set (VPS), H.265 only.</summary>
    Video,

    /// <summary>Sequence parameter set (SPS).</summary>
    Sequence,

    /// <summary>Picture parameter set (PPS).</summary>
    Picture,
}
