using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol.Schema;

/// <summary>One field of the schema (specification appendix D).</summary>
internal sealed record FieldSchema(int Number, string Name, FieldKind Kind, bool IsRequired)
{
    /// <summary>The tag that begins the field on the wire.</summary>
    public uint Tag { get; } = ((uint)Number << Tags.FieldShift)
        | (uint)(Kind is FieldKind.Number or FieldKind.Number64 ? WireType.Varint : WireType.LengthDelimited);
}
