namespace Andmu.Pipeline.Control.Commands;

/// <summary>Modes of night vision, by their numbers on the wire (specification 5.2.9.8).</summary>
public enum NightVisionMode
{
    /// <summary>Off.</summary>
    Off = 0,

    /// <summary>On.</summary>
    On = 1,

    /// <summary>By the light.</summary>
    Auto = 2,
}
