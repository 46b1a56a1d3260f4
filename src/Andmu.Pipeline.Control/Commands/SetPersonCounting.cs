namespace Andmu.Pipeline.Control.Commands;

/// <summary>Switches the counting of persons (specification 5.2.9.18, request 1793/92).</summary>
/// <param name="On">True for 1, on; false for 4, off.</param>
public sealed record SetPersonCounting(bool On) : ControlCommand
{
    internal override CommandCode Number => new(1793, 92);
}
