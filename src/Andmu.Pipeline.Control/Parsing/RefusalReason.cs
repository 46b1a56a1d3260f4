namespace Andmu.Pipeline.Control;

/// <summary>Why a command was not understood.</summary>
public enum RefusalReason
{
    /// <summary>It is too long, too deep, or no JSON object in well-formed UTF-8; or a key stands twice.</summary>
    Malformed = 0,

    /// <summary>No command of the specification has these numbers.</summary>
    UnknownCommand = 1,

    /// <summary>A value that the command needs is not there.</summary>
    MissingValue = 2,

    /// <summary>A value has another type than the command needs.</summary>
    WrongType = 3,

    /// <summary>A value is not one of those that the specification has.</summary>
    OutOfRange = 4,
}
