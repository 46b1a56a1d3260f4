namespace Andmu.Pipeline.Control.Commands;

/// <summary>Sets how easily sound is detected (specification 5.2.9.3, request 1793/29).</summary>
/// <param name="Value">80, 85, 90, 95 or 100: the larger, the more easily.</param>
public sealed record SetSoundSensitivity(int Value) : ControlCommand
{
    internal override CommandCode Number => new(1793, 29);
}
