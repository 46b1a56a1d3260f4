namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>What an error says about where it was found.</summary>
/// <param name="PacketLength">The packet's length prefix; null if the reader sees only a part of the packet.</param>
/// <param name="Type">The message's type, if it is known yet.</param>
/// <param name="Origin">Where in the packet the bytes begin that the reader sees.</param>
internal readonly record struct PacketContext(long? PacketLength, MessageType? Type, long Origin)
{
    /// <summary>The place of a message's body.</summary>
    public static PacketContext Of(in InboundMessage message) => new(message.PacketLength, message.Type, message.BodyOffset);
}
