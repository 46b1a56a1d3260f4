namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>How a field is shown.</summary>
internal enum FieldKind
{
    Number,
    Text,

    /// <summary>Only the size is shown.</summary>
    Bytes,

    /// <summary>A string that is never shown, nor its length.</summary>
    Secret,
}
