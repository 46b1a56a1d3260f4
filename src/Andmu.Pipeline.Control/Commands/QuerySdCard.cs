using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Asks for the volumes of the SD card (specification 5.2.10.2, request 1792/85).</summary>
public sealed record QuerySdCard : ControlCommand, IQuery<SdCardInfo>
{
    internal override CommandCode Number => new(1792, 85);
}
