namespace Andmu.Pipeline.Control.Commands;

/// <summary>Chooses the resolution; the switch is reported in a DevIpCamCmd of type 3 (specification 5.2.9.5, request 1793/30).</summary>
/// <param name="Resolution">The resolution.</param>
public sealed record SetResolution(VideoResolution Resolution) : ControlCommand
{
    internal override CommandCode Number => new(1793, 30);
}
