namespace Andmu.Pipeline.Control.Commands;

/// <summary>Turns the picture by 180 degrees (specification 5.2.9.6, request 1793/23).</summary>
/// <param name="Rotated">True for 180 degrees, false for none.</param>
public sealed record SetRotation(bool Rotated) : ControlCommand
{
    internal override CommandCode Number => new(1793, 23);
}
