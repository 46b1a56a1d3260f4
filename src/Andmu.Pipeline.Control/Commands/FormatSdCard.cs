using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Formats the SD card (specification 5.2.9.20, request 1793/87).</summary>
public sealed record FormatSdCard : ControlCommand, IQuery<Done>
{
    internal override CommandCode Number => new(1793, 87);
}
