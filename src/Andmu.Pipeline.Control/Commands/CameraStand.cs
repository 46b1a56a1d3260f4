namespace Andmu.Pipeline.Control.Commands;

/// <summary>How a camera stands, by its number on the wire (specification 5.2.9.23).</summary>
public enum CameraStand
{
    /// <summary>Upside down: a panorama goes from the far right to the far left.</summary>
    Ceiling = 0,

    /// <summary>Upright: a panorama goes from the far left to the far right.</summary>
    Upright = 1,
}
