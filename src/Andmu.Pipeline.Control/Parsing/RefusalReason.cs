namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Why a command was refused.</summary>
public enum RefusalReason
{
    /// <summary>It is no JSON object.</summary>
    Malformed,

    /// <summary>It is larger than <see cref="CommandParser.MaxMessageBytes"/>, or a text or a list in it is longer than allowed.</summary>
    TooLong,

    /// <summary>It is nested more deeply than <see cref="CommandParser.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>A text in it is not valid Unicode, or holds a NUL.</summary>
    InvalidText,

    /// <summary>A key stands twice in an object, blanks and case aside.</summary>
    DuplicateKey,

    /// <summary>The numbers name no command of the specification.</summary>
    UnknownCommand,

    /// <summary>A key that the command needs is not there, or null.</summary>
    MissingKey,

    /// <summary>A value is not of the type that its key has.</summary>
    WrongType,

    /// <summary>A value is of the right type and not one of those allowed.</summary>
    OutOfRange,
}
