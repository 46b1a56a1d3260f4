namespace Andmu.Pipeline.Control;

/// <summary>Full resolution or VGA (specification 5.2.9.5; request 1793, subRequest 30). The uplink tells the platform when the picture's size has changed.</summary>
/// <param name="HighDefinition">True: the largest that the device has; false: VGA.</param>
public sealed record SetResolution(bool HighDefinition) : ControlCommand;

/// <summary>Turns the picture (specification 5.2.9.6; request 1793, subRequest 23).</summary>
/// <param name="UpsideDown">True: by 180 degrees; false: not at all.</param>
public sealed record SetRotation(bool UpsideDown) : ControlCommand;

/// <summary>Night vision (specification 5.2.9.8; request 1793, subRequest 21).</summary>
/// <param name="Mode">When it is on.</param>
public sealed record SetNightVision(NightVisionMode Mode) : ControlCommand;

/// <summary>When night vision is on.</summary>
public enum NightVisionMode
{
    /// <summary>Never.</summary>
    Off = 0,

    /// <summary>Always.</summary>
    On = 1,

    /// <summary>When it is dark.</summary>
    Auto = 2,
}

/// <summary>Suppresses the flicker of lamps (specification 5.2.9.9; request 1793, subRequest 36).</summary>
/// <param name="Hertz">Frequency of the mains, 50 or 60.</param>
public sealed record SetAntiFlicker(int Hertz) : ControlCommand;
