namespace Andmu.Pipeline.Control.Commands;

/// <summary>Switches the microphone (specification 5.2.9.4, request 1793/37).</summary>
/// <param name="On">False mutes it: silence is sent from then on, not nothing.</param>
public sealed record SetMicrophone(bool On) : ControlCommand
{
    internal override CommandCode Number => new(1793, 37);
}
