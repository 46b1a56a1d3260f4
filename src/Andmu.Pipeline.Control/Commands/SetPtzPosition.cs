namespace Andmu.Pipeline.Control.Commands;

/// <summary>Turns the head to a position (specification 5.2.9.12, request 1793/81).</summary>
/// <param name="Pan">-1000000 (far left) to 1000000 (far right), 0 the centre.</param>
/// <param name="Tilt">-1000000 (bottom) to 1000000 (top), 0 the centre.</param>
public sealed record SetPtzPosition(int Pan, int Tilt) : ControlCommand
{
    internal override CommandCode Number => new(1793, 81);
}
