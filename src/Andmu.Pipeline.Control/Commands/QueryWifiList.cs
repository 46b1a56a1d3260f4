using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Asks for the wireless networks in reach (specification 5.2.10.1, request 1792/16).</summary>
public sealed record QueryWifiList : ControlCommand, IQuery<WifiList>
{
    internal override CommandCode Number => new(1792, 16);
}
