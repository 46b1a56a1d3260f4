using System.Buffers;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// One message as read from a peer's packet: what it is, and where its bytes lie. A view: valid as long as the packet's bytes.
/// </summary>
public readonly struct InboundMessage
{
    internal InboundMessage(
        MessageType type, bool isKnownType, in ReadOnlySequence<byte> body, int bodyOffset, int packetLength, int unknownFields)
    {
        Type = type;
        IsKnownType = isKnownType;
        Body = body;
        BodyOffset = bodyOffset;
        PacketLength = packetLength;
        UnknownFields = unknownFields;
    }

    /// <summary>The message's type; a number that <see cref="MessageType"/> does not name if <see cref="IsKnownType"/> is false.</summary>
    public MessageType Type { get; }

    /// <summary>
    /// Whether the type is one of the specification's. A message of another type comes from a newer peer: it is well-formed, so
    /// skip and count it.
    /// </summary>
    public bool IsKnownType { get; }

    /// <summary>The bytes of the nested message; empty if <see cref="IsKnownType"/> is false.</summary>
    public ReadOnlySequence<byte> Body { get; }

    /// <summary>Where <see cref="Body"/> begins, in bytes from the packet's first byte, the length prefix included.</summary>
    public int BodyOffset { get; }

    /// <summary>The packet's length in bytes, without the length prefix.</summary>
    public int PacketLength { get; }

    /// <summary>How many fields of the envelope the specification does not have; they were skipped.</summary>
    public int UnknownFields { get; }
}
