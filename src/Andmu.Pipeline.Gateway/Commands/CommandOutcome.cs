namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>The device took its bytes; the specification has no answer to it.</summary>
    Sent,

    /// <summary>The device answered that it did as told.</summary>
    Succeeded,

    /// <summary>The device answered that it failed.</summary>
    Failed,

    /// <summary>The device answered in a way that the specification does not allow.</summary>
    Invalid,

    /// <summary>No answer came in time.</summary>
    TimedOut,
}
