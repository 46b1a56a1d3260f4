namespace Andmu.Pipeline.Control.Commands;

/// <summary>Switches the device on or off: off, media stops and the heartbeat stays (specification 5.2.9.10, request 1815/-1).</summary>
/// <param name="On">True for 1, on; false for 4, forced off.</param>
public sealed record SetDevicePower(bool On) : ControlCommand
{
    internal override CommandCode Number => new(1815, -1);
}
