namespace Andmu.Pipeline.Control.Commands;

/// <summary>Chooses night vision (specification 5.2.9.8, request 1793/21).</summary>
/// <param name="Mode">Off, on, or by the light.</param>
public sealed record SetNightVision(NightVisionMode Mode) : ControlCommand
{
    internal override CommandCode Number => new(1793, 21);
}
