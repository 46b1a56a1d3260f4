namespace Andmu.Pipeline.Control.Commands;

/// <summary>Directions of the head, by their numbers on the wire (specification 5.2.9.11).</summary>
public enum PtzDirection
{
    /// <summary>Not given; never in a command that was parsed.</summary>
    None = 0,

    /// <summary>To the left.</summary>
    Left = 1,

    /// <summary>To the right.</summary>
    Right = 2,

    /// <summary>Upwards.</summary>
    Up = 3,

    /// <summary>Downwards.</summary>
    Down = 4,
}
