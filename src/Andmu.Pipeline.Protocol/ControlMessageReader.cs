using Andmu.Pipeline.Protocol.Schema;
using Andmu.Pipeline.Protocol.Wire;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol;

/// <summary>Reads the messages that are too rare to be coded by hand (specification 5.2), as strictly as those that are.</summary>
internal static class ControlMessageReader
{
    /// <summary>Reads the body of a message, e.g. <c>ControlMessageReader.Read(DevAppCmd.Parser, message)</c>.</summary>
    /// <exception cref="ProtocolException">The body is malformed or lacks a required field.</exception>
    public static T Read<T>(MessageParser<T> parser, in InboundMessage message)
        where T : IMessage<T> => Read(parser, message, out _);

    /// <summary>Reads the body of a message, and counts its fields that the specification does not have.</summary>
    /// <exception cref="ProtocolException">The body is malformed or lacks a required field.</exception>
    public static T Read<T>(MessageParser<T> parser, in InboundMessage message, out int unknownFields)
        where T : IMessage<T>
    {
        if (MessageSchema.For(message.Type) is not { } schema)
        {
            throw new ArgumentException("The message is of no type that the specification has.", nameof(message));
        }

        unknownFields = BodyValidator.Validate(message, schema);
        try
        {
            return parser.ParseFrom(message.Body);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw PacketContext.Of(message).Error(ProtocolErrorCode.MalformedBody, "the message cannot be parsed", 0, error);
        }
    }
}
