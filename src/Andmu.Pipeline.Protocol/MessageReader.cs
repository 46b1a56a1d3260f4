using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Reads the envelope of a packet, HEDGWMessage (specification appendix D). Stateless, so free of threading rules; it allocates
/// nothing and copies no byte.
/// </summary>
/// <remarks>
/// <code>
/// +------+------+----------+--------+--------------+
/// | 0x08 | type | body tag | length | body         |     as every library writes it; any order is read
/// +------+------+----------+--------+--------------+
///   field 1       fields 2, 3, 5 .. 11: one a type
/// </code>
/// Stricter than protobuf where its leniency has no use here: message_type and the body each appear once (protobuf takes the last
/// and merges), a field of the schema has the schema's wire type, and groups are refused.
/// </remarks>
public static class MessageReader
{
    /// <summary>Reads one message.</summary>
    /// <param name="message">A whole packet without its length prefix, as <see cref="PacketReader"/> gives it.</param>
    /// <returns>The message's type and body. The body is not looked into.</returns>
    /// <exception cref="ProtocolException">The envelope is malformed, or lacks message_type or the message that it names.</exception>
    public static InboundMessage Read(in ReadOnlySequence<byte> message)
    {
        ProtoReader reader = new(message, new PacketContext((int)message.Length, default, PacketReader.PrefixBytes));
        MessageType? type = null;
        uint bodyTag = 0;
        int bodyOffset = 0;
        int unknownFields = 0;
        ReadOnlySequence<byte> body = default;
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            if (tag == Tags.Envelope.MessageType)
            {
                if (type is not null)
                {
                    reader.Throw(ProtocolErrorCode.RepeatedMessageType, "message_type is given twice");
                }

                type = unchecked((MessageType)reader.ReadUInt32());
            }
            else if (IsBody(tag))
            {
                if (bodyTag != 0)
                {
                    reader.Throw(ProtocolErrorCode.SeveralBodies, "a second nested message");
                }

                bodyTag = tag;
                body = reader.ReadBytes();
                bodyOffset = (int)(PacketReader.PrefixBytes + reader.Consumed - body.Length);
            }
            else
            {
                reader.SkipUnknown(tag, Tags.Envelope.Fields);
                unknownFields++;
            }
        }

        if (type is not { } known)
        {
            reader.Throw(ProtocolErrorCode.MissingMessageType, "message_type is absent");
            return default;
        }

        uint expectedTag = BodyTag(known);
        if (expectedTag == 0)
        {
            return new InboundMessage(known, false, default, 0, (int)message.Length, unknownFields);
        }

        if (bodyTag != expectedTag)
        {
            ThrowMissingBody(known, message.Length);
        }

        return new InboundMessage(known, true, body, bodyOffset, (int)message.Length, unknownFields);
    }

    private static bool IsBody(uint tag) =>
        tag is >= Tags.Envelope.DevLoginReq and <= Tags.Envelope.MediaPackage
        && (tag & Tags.WireTypeMask) == (uint)WireType.LengthDelimited
        && (Tags.Envelope.Fields >> (int)(tag >> Tags.FieldShift) & 1) != 0;

    private static uint BodyTag(MessageType type) => type switch
    {
        MessageType.DevLoginReq => Tags.Envelope.DevLoginReq,
        MessageType.DevLoginResp => Tags.Envelope.DevLoginResp,
        MessageType.DevEventCmd => Tags.Envelope.DevEventCmd,
        MessageType.DevServerCmd => Tags.Envelope.DevServerCmd,
        MessageType.DevAppCmd => Tags.Envelope.DevAppCmd,
        MessageType.DevIpCamCmd => Tags.Envelope.DevIpCamCmd,
        MessageType.Ping => Tags.Envelope.Ping,
        MessageType.Pong => Tags.Envelope.Pong,
        MessageType.MediaPackage => Tags.Envelope.MediaPackage,
        _ => 0,
    };

    [DoesNotReturn]
    private static void ThrowMissingBody(MessageType type, long packetLength) =>
        throw new PacketContext((int)packetLength, type, PacketReader.PrefixBytes)
            .Error(ProtocolErrorCode.MissingBody, "the message that message_type names is absent", packetLength);
}
