namespace Andmu.Pipeline.Control;

/// <summary>Which way a head turns.</summary>
public enum PtzDirection
{
    /// <summary>To the left.</summary>
    Left = 1,

    /// <summary>To the right.</summary>
    Right = 2,

    /// <summary>Up.</summary>
    Up = 3,

    /// <summary>Down.</summary>
    Down = 4,
}

/// <summary>Turns the head by one step, whose size is the device's (specification 5.2.9.11; request 1793, subRequest 5).</summary>
/// <param name="Direction">Which way; null: home.</param>
public sealed record StepPtz(PtzDirection? Direction) : ControlCommand;

/// <summary>Turns the head until it is told to stop, or can turn no further (specification 5.2.9.11; request 1793, subRequest 82).</summary>
/// <param name="Direction">Which way; null: stop.</param>
public sealed record MovePtz(PtzDirection? Direction) : ControlCommand;

/// <summary>Turns the head to a place (specification 5.2.9.12; request 1793, subRequest 81).</summary>
/// <param name="Position">Where to.</param>
public sealed record MovePtzTo(PtzPosition Position) : ControlCommand;

/// <summary>Asks where the head points to (specification 5.2.10.3 and 5.2.11.6; request 1792, subRequest 81).</summary>
public sealed record QueryPtzPosition : ControlCommand, IQuery<PtzPosition>;

/// <summary>Where a head points to.</summary>
/// <param name="Pan">-1,000,000 (leftmost) to 1,000,000 (rightmost); 0 is the centre.</param>
/// <param name="Tilt">-1,000,000 (lowest) to 1,000,000 (highest); 0 is the centre.</param>
public readonly record struct PtzPosition(int Pan, int Tilt)
{
    /// <summary>The greatest value of either, and less zero the least.</summary>
    public const int Limit = 1_000_000;
}

/// <summary>Starts or stops the pictures of a panorama (specification 5.2.9.23; request 1793, subRequest 153). Answered before the head turns; the pictures
/// go as <see cref="PanoramaPicture"/>, and then the head returns.</summary>
/// <param name="Start">True: start; false: stop.</param>
/// <param name="DegreesPerShot">How far the head turns between two, degrees, 1 to 360; 0 when the app does not say, which it may for a stop.</param>
/// <param name="IsCeilingMounted">False: it stands upright, from left to right; true: it hangs, from right to left.</param>
public sealed record TakePanorama(bool Start, int DegreesPerShot, bool IsCeilingMounted) : ControlCommand;
