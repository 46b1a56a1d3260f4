namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// Keeps the first fault found in a message. Reading goes on with a placeholder behind it, and whoever started it looks here in the end:
/// so a command is whole or not there at all, without an exception per bad message that a peer could have us pay for.
/// </summary>
internal sealed class RefusalSlot
{
    public CommandRefusal? First { get; private set; }

    public void Set(RefusalReason reason, string message) => First ??= new CommandRefusal(reason, message);
}
