namespace Andmu.Pipeline.Control;

/// <summary>A command as it came: either understood, or refused with a reason. Nothing in between: a command of which one value is wrong changes nothing.</summary>
public sealed record ReceivedCommand
{
    /// <summary>msgSession as it came, a JSON number or string, for the response to copy; <c>0</c> when it came without one.</summary>
    public string Session { get; init; } = "0";

    /// <summary>The request; 0 when it could not be read.</summary>
    public int Request { get; init; }

    /// <summary>The subRequest; null when there is none.</summary>
    public int? SubRequest { get; init; }

    /// <summary>Whether the protocol has a response to it (specification 5.2.11): only then does the sender learn that it has failed.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The command; null when it was refused.</summary>
    public ControlCommand? Command { get; init; }

    /// <summary>Why it was refused; null when it was understood.</summary>
    public CommandRefusal? Refusal { get; init; }
}
