namespace Andmu.Pipeline.Control.Commands;

/// <summary>Suppresses the flicker of lamps (specification 5.2.9.9, request 1793/36).</summary>
/// <param name="Frequency">The frequency of the mains.</param>
public sealed record SetAntiFlicker(MainsFrequency Frequency) : ControlCommand
{
    internal override CommandCode Number => new(1793, 36);
}
