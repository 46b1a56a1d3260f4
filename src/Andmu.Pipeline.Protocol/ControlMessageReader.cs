using Google.Protobuf;

namespace Andmu.Pipeline.Protocol;

/// <summary>Reads the messages that are too rare to be coded by hand (specification 5.2).</summary>
internal static class ControlMessageReader
{
    /// <summary>Reads the body of a message, e.g. <c>ControlMessageReader.Read(DevAppCmd.Parser, message)</c>.</summary>
    /// <exception cref="ProtocolException">The body is malformed or lacks a required field.</exception>
    public static T Read<T>(MessageParser<T> parser, in InboundMessage message)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message.Body);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new ProtocolException(
                ProtocolErrorCode.MalformedBody,
                error.Message,
                message.PacketLength,
                message.Type,
                message.BodyOffset,
                innerException: error);
        }
    }
}
