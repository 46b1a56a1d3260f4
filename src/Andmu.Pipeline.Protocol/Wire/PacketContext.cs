namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>What an error says about where it was found. Small, as every read passes it along and few ever need it.</summary>
/// <param name="PacketLength">The packet's length prefix; negative if the reader sees only a part of the packet.</param>
/// <param name="Type">The message's type; 0 if it is not known yet.</param>
/// <param name="Origin">Where in the packet the bytes begin that the reader sees.</param>
internal readonly record struct PacketContext(int PacketLength, MessageType Type, int Origin)
{
    /// <summary>The place of a message's body.</summary>
    public static PacketContext Of(in InboundMessage message) => new(message.PacketLength, message.Type, message.BodyOffset);

    /// <summary>A body of which nothing is known but its bytes.</summary>
    public static PacketContext Partial(MessageType type) => new(-1, type, 0);

    public ProtocolException Error(ProtocolErrorCode code, string detail, long offset, Exception? innerException = null) => new(
        code,
        detail,
        PacketLength < 0 ? null : PacketLength,
        Type == 0 ? null : Type,
        Origin + offset,
        innerException: innerException);
}
