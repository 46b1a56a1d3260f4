namespace Andmu.Pipeline.Control.Commands;

/// <summary>Turns the head by one step, whose size the device chooses (specification 5.2.9.11, request 1793/5).</summary>
/// <param name="Direction">Where to; null for back to its home position.</param>
public sealed record StepPtz(PtzDirection? Direction) : ControlCommand
{
    internal override CommandCode Number => new(1793, 5);
}
