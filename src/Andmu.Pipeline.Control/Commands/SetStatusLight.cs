namespace Andmu.Pipeline.Control.Commands;

/// <summary>Switches the status light (specification 5.2.9.7, request 1793/19).</summary>
/// <param name="On">Whether it is on.</param>
public sealed record SetStatusLight(bool On) : ControlCommand
{
    internal override CommandCode Number => new(1793, 19);
}
