namespace Andmu.Pipeline.Control.Commands;

/// <summary>Sets how easily motion is detected (specification 5.2.9.2, request 1793/15).</summary>
/// <param name="Value">30, 50, 80, 90 or 100: the larger, the more easily.</param>
public sealed record SetMotionSensitivity(int Value) : ControlCommand
{
    internal override CommandCode Number => new(1793, 15);
}
