namespace Andmu.Pipeline.OpenApi;

/// <summary>Night vision (specification 5.1.5, <c>nightVision</c>).</summary>
public enum NightVision
{
    /// <summary>Off.</summary>
    Off,

    /// <summary>On.</summary>
    On,

    /// <summary>By the light there is.</summary>
    Auto,
}
