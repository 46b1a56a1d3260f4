using Andmu.Pipeline.Protocol.Schema;

namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>One field of a message, as far as it may be shown.</summary>
/// <param name="Schema">Which field.</param>
/// <param name="Number">The number, or the size of bytes; 0 for text.</param>
/// <param name="Text">The text; empty for everything else, secrets above all.</param>
internal readonly record struct FieldValue(FieldSchema Schema, ulong Number, string Text);
