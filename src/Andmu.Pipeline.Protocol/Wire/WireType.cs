namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>The low three bits of a tag: how a field's value is laid out (protobuf encoding, "message structure").</summary>
internal enum WireType : uint
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
