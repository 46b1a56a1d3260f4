namespace Andmu.Pipeline.Control;

/// <summary>Why a command was not understood.</summary>
/// <param name="Reason">In a word.</param>
/// <param name="Message">In a sentence: names the key and what it should be, never what came, which may be long or a secret.</param>
public sealed record CommandRefusal(RefusalReason Reason, string Message);
