namespace Andmu.Pipeline.Control.Commands;

/// <summary>Sets when the head returns after having followed something (specification 5.2.9.22, request 1793/116).</summary>
/// <param name="Time">How long nothing moved, in whole seconds up to a day.</param>
public sealed record SetTrackingReturnTime(TimeSpan Time) : ControlCommand
{
    internal override CommandCode Number => new(1793, 116);
}
