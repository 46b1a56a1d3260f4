using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>One motor of a head: it runs at a steady speed towards a target and stands there. Where it is follows from the time alone.</summary>
/// <param name="From">Where it set out, in the units of <see cref="PtzPosition"/>.</param>
/// <param name="To">Where it is going; within the stops.</param>
/// <param name="Speed">Units a second, more than 0.</param>
/// <param name="Started">Timestamp of the clock when it set out.</param>
internal readonly record struct PtzAxis(double From, double To, double Speed, long Started)
{
    /// <summary>How long the whole way takes.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Math.Abs(To - From) / Speed);

    /// <summary>Where it is after so long a time.</summary>
    public double At(TimeSpan elapsed) => elapsed >= Duration ? To : From + (Math.Sign(To - From) * Speed * elapsed.TotalSeconds);
}
