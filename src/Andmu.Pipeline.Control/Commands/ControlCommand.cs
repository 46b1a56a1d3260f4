namespace Andmu.Pipeline.Control.Commands;

/// <summary>
/// What an app or the platform asks of the device (specification 5.2.9 and 5.2.10): one record per command, so that a host switches over
/// the type. The set is closed. A command that is answered by more than silence is an <see cref="IQuery{TAnswer}"/> besides.
/// </summary>
/// <remarks>Values that come from <see cref="Parsing.CommandParser"/> are within the ranges that each record names. Immutable.</remarks>
public abstract record ControlCommand
{
    private protected ControlCommand()
    {
    }

    /// <summary>Its numbers as the specification prints them.</summary>
    public CommandCode Code => Number;

    /// <summary>Internal, so that nobody outside can add a command: a private protected constructor alone leaves the copying one.</summary>
    internal abstract CommandCode Number { get; }
}
