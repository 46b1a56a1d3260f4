namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>One field of the schema (specification appendix D).</summary>
internal sealed record FieldSchema(int Number, string Name, FieldKind Kind, bool IsRequired);
