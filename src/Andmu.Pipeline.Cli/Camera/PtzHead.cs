using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A simulated pan and tilt head: it takes time to turn, and stops at its stops. Nothing runs; where it stands is worked out when it is asked for.
/// Any thread.</summary>
/// <param name="angles">How far it turns, and how much its lens sees.</param>
/// <param name="time">The clock that it turns by.</param>
internal sealed class PtzHead(DeviceAngle angles, TimeProvider time)
{
    // Of the order of household cameras: quick to a place that is known, slow while somebody steers.
    private const double DegreesPerSecondToPlace = 60;
    private const double DegreesPerSecondSteered = 20;

    // A step leaves most of the picture in view, so that who steps keeps his bearings. Its length is the vendor's to choose (specification 5.2.9.11).
    private const double StepsPerView = 4;

    private readonly Lock _lock = new();
    private PtzAxis _pan = new(0, 0, DegreesPerSecondToPlace, 0);
    private PtzAxis _tilt = new(0, 0, DegreesPerSecondToPlace, 0);

    /// <summary>How far it turns, and how much its lens sees.</summary>
    public DeviceAngle Angles { get; } = angles;

    /// <summary>Where it stands now.</summary>
    public PtzPosition Position
    {
        get
        {
            lock (_lock)
            {
                return new PtzPosition((int)Math.Round(At(_pan)), (int)Math.Round(At(_tilt)));
            }
        }
    }

    /// <summary>Where it is going, or stands.</summary>
    public PtzPosition Target
    {
        get
        {
            lock (_lock)
            {
                return new PtzPosition((int)Math.Round(_pan.To), (int)Math.Round(_tilt.To));
            }
        }
    }

    /// <summary>How long until it stands where it was sent; zero when it stands.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            lock (_lock)
            {
                TimeSpan left = Max(Left(_pan), Left(_tilt));
                return Max(left, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Turns a little, from where it stands now.</summary>
    public void Step(PtzDirection direction)
    {
        double degrees = (IsPan(direction) ? Angles.HorizontalFieldOfView : Angles.VerticalFieldOfView) / StepsPerView;
        lock (_lock)
        {
            if (IsPan(direction))
            {
                _pan = Towards(At(_pan) + (Sign(direction) * degrees * UnitsPerDegree(PanRange)), _pan, PanRange, DegreesPerSecondToPlace);
            }
            else
            {
                _tilt = Towards(At(_tilt) + (Sign(direction) * degrees * UnitsPerDegree(TiltRange)), _tilt, TiltRange, DegreesPerSecondToPlace);
            }
        }
    }

    /// <summary>Turns until <see cref="Stop"/>, or until it can turn no further. The other axis stands: one direction is steered at a time.</summary>
    public void Turn(PtzDirection direction)
    {
        double stop = Sign(direction) * (double)PtzPosition.Limit;
        lock (_lock)
        {
            _pan = Towards(IsPan(direction) ? stop : At(_pan), _pan, PanRange, DegreesPerSecondSteered);
            _tilt = Towards(IsPan(direction) ? At(_tilt) : stop, _tilt, TiltRange, DegreesPerSecondSteered);
        }
    }

    /// <summary>Stands still.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _pan = Towards(At(_pan), _pan, PanRange, DegreesPerSecondToPlace);
            _tilt = Towards(At(_tilt), _tilt, TiltRange, DegreesPerSecondToPlace);
        }
    }

    /// <summary>Turns to a place, both axes at once; what lies beyond the stops ends at them.</summary>
    /// <returns>How long it takes.</returns>
    public TimeSpan MoveTo(PtzPosition position)
    {
        lock (_lock)
        {
            _pan = Towards(position.Pan, _pan, PanRange, DegreesPerSecondToPlace);
            _tilt = Towards(position.Tilt, _tilt, TiltRange, DegreesPerSecondToPlace);
            return Max(_pan.Duration, _tilt.Duration);
        }
    }

    /// <summary>Turns to the middle of both ranges.</summary>
    /// <returns>How long it takes.</returns>
    public TimeSpan MoveHome() => MoveTo(new PtzPosition(0, 0));

    /// <summary>Where the lens looks from a position: degrees to the right of the middle, and degrees above the horizon.</summary>
    public (double Right, double Up) Bearing(PtzPosition position)
    {
        double middle = (Angles.Elevation - Angles.Depression) / 2.0;
        return (position.Pan / UnitsPerDegree(PanRange), middle + (position.Tilt / UnitsPerDegree(TiltRange)));
    }

    /// <summary>The pan that is so many degrees to the right of the left stop.</summary>
    public int PanAt(int degrees)
    {
        double pan = (degrees * UnitsPerDegree(PanRange)) - PtzPosition.Limit;
        return (int)Math.Round(Math.Clamp(pan, -PtzPosition.Limit, PtzPosition.Limit));
    }

    private double PanRange => Angles.MaxRotation;

    private double TiltRange => Angles.Elevation + Angles.Depression;

    private static bool IsPan(PtzDirection direction) => direction is PtzDirection.Left or PtzDirection.Right;

    private static int Sign(PtzDirection direction) => direction is PtzDirection.Right or PtzDirection.Up ? 1 : -1;

    // From stop to stop. A head that does not turn about an axis has a range of 0 there: a degree, so that nothing is divided by it.
    private static double UnitsPerDegree(double range) => 2.0 * PtzPosition.Limit / Math.Max(range, 1);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private PtzAxis Towards(double target, in PtzAxis axis, double range, double degreesPerSecond) =>
        new(At(axis), Math.Clamp(target, -PtzPosition.Limit, PtzPosition.Limit), degreesPerSecond * UnitsPerDegree(range), time.GetTimestamp());

    private double At(in PtzAxis axis) => axis.At(time.GetElapsedTime(axis.Started));

    private TimeSpan Left(in PtzAxis axis) => axis.Duration - time.GetElapsedTime(axis.Started);
}
