using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Ping and Pong as whole packets (specification 5.2.2), byte for byte as protobuf libraries write them. Stateless, so free of
/// threading rules beyond the output's; it allocates nothing.
/// </summary>
/// <remarks>
/// <code>
///      4      1    1    1    1    1   1-5
/// +--------+----+----+----+------+----+----+
/// | length | 08 | 08 | 4A | size | 08 | id |     Pong: 08 09 52 ...
/// +--------+----+----+----+------+----+----+
/// </code>
/// </remarks>
public static class HeartbeatPacket
{
    private const int MaxPacketBytes = PacketReader.PrefixBytes + 4 + 1 + 5;

    /// <summary>Writes a Ping. The output is advanced, not flushed.</summary>
    /// <param name="output">Where to; its blocks may have any size.</param>
    /// <param name="id">The number that the Pong will bear.</param>
    public static void WritePing(IBufferWriter<byte> output, uint id) => Write(output, MessageType.Ping, Tags.Envelope.Ping, id);

    /// <summary>Writes a Pong. The output is advanced, not flushed.</summary>
    /// <param name="output">Where to; its blocks may have any size.</param>
    /// <param name="id">The number of the Ping that it answers.</param>
    public static void WritePong(IBufferWriter<byte> output, uint id) => Write(output, MessageType.Pong, Tags.Envelope.Pong, id);

    /// <summary>Reads the id from a message whose type is <see cref="MessageType.Ping"/> or <see cref="MessageType.Pong"/>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">The message is of another type.</exception>
    /// <exception cref="ProtocolException">The body is malformed or lacks its id.</exception>
    public static uint ReadId(in InboundMessage message)
    {
        if (message.Type is not (MessageType.Ping or MessageType.Pong))
        {
            ThrowOtherType(message);
        }

        return ReadId(message.Body, PacketContext.Of(message));
    }

    /// <summary>Reads the id from the bytes of a Ping or Pong alone; an error then gives its offset in these bytes.</summary>
    /// <param name="body">The bytes of the nested message: <see cref="InboundMessage.Body"/>.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ProtocolException">The body is malformed or lacks its id.</exception>
    public static uint ReadId(in ReadOnlySequence<byte> body) => ReadId(body, PacketContext.Partial(default));

    private static uint ReadId(in ReadOnlySequence<byte> body, PacketContext context)
    {
        ProtoReader reader = new(body, context);
        uint? id = null;
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            if (tag == Tags.Heartbeat.Id)
            {
                id = reader.ReadUInt32();
            }
            else
            {
                reader.SkipUnknown(tag, Tags.Heartbeat.Fields);
            }
        }

        if (id is null)
        {
            reader.Throw(ProtocolErrorCode.MissingField, "id is absent");
        }

        return id.Value;
    }

    private static void Write(IBufferWriter<byte> output, MessageType type, uint bodyTag, uint id)
    {
        int bodyLength = ProtoWriter.FieldLength(id);
        ProtoWriter packet = new(stackalloc byte[MaxPacketBytes]);
        packet.WriteBigEndian((uint)(4 + bodyLength));
        packet.WriteField(Tags.Envelope.MessageType, (ulong)type);
        packet.WriteField(bodyTag, (ulong)bodyLength);
        packet.WriteField(Tags.Heartbeat.Id, id);

        BlockWriter blocks = new(output);
        blocks.Write(packet.Written);
        blocks.Complete();
    }

    [DoesNotReturn]
    private static void ThrowOtherType(in InboundMessage message) =>
        throw new ArgumentException($"The message is a {message.Type}, no heartbeat.", nameof(message));
}
