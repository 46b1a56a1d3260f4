using Andmu.Pipeline.Control.Regions;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Says in which parts of the picture motion counts (specification 5.2.9.13, request 1793/56).</summary>
/// <param name="Regions">The blocks; an empty list on the wire means all of them.</param>
public sealed record SetMotionRegions(MotionRegions Regions) : ControlCommand
{
    internal override CommandCode Number => new(1793, 56);
}
