using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>What came in a DevAppCmd of type 33: a command, or why it was refused. Immutable, any thread.</summary>
public sealed class ReceivedCommand
{
    internal ReceivedCommand(CommandRefusal refusal)
        : this(default, null, null, refusal)
    {
    }

    internal ReceivedCommand(MessageSession session, CommandCode? code, ControlCommand? command, CommandRefusal? refusal)
    {
        Session = session;
        Code = code;
        Command = command;
        Refusal = refusal;
    }

    /// <summary>The session that an answer copies; none when it was unreadable.</summary>
    public MessageSession Session { get; }

    /// <summary>
    /// The numbers as they came, which an answer copies; null when they were unreadable, and then there can be no answer.
    /// </summary>
    public CommandCode? Code { get; }

    /// <summary>The command; null when it was refused.</summary>
    public ControlCommand? Command { get; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public CommandRefusal? Refusal { get; }

    /// <summary>Whether there is a command.</summary>
    [MemberNotNullWhen(true, nameof(Command))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Command is not null;

    /// <summary>
    /// Whether the protocol answers this command (specification 5.2.9.15, .20, .23 and 5.2.10); true for a refused one, too.
    /// </summary>
    public bool HasResponse => Code is { } code && CommandTable.HasResponse(code);
}
