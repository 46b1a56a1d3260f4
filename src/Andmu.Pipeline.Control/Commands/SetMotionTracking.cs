namespace Andmu.Pipeline.Control.Commands;

/// <summary>Has the head follow what moves (specification 5.2.9.21, request 1793/109).</summary>
/// <param name="On">Whether it does.</param>
public sealed record SetMotionTracking(bool On) : ControlCommand
{
    internal override CommandCode Number => new(1793, 109);
}
