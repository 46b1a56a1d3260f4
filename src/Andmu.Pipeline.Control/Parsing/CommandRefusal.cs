namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// Why a command was refused, in a form that may be logged: it is made of the specification's words. Of what was received it has at most the
/// two numbers of an unknown command.
/// </summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Message">A sentence that names the key and what was expected of it.</param>
public sealed record CommandRefusal(RefusalReason Reason, string Message);
