namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Ends the reading of a command; never leaves <see cref="CommandParser"/>.</summary>
internal sealed class CommandFormatException(RefusalReason reason, string message) : Exception(message)
{
    public CommandRefusal Refusal => new(reason, Message);
}
