namespace Andmu.Pipeline.Control.Commands;

/// <summary>Turns the head until told otherwise (specification 5.2.9.11, request 1793/82).</summary>
/// <param name="Direction">Where to; null to stop.</param>
public sealed record TurnPtz(PtzDirection? Direction) : ControlCommand
{
    internal override CommandCode Number => new(1793, 82);
}
