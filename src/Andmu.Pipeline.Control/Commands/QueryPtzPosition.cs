using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Asks where the head points (specification 5.2.10.3, request 1792/81).</summary>
public sealed record QueryPtzPosition : ControlCommand, IQuery<PtzPosition>
{
    internal override CommandCode Number => new(1792, 81);
}
