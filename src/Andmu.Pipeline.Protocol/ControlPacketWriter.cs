using System.Buffers;
using System.Buffers.Binary;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Schema;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol;

/// <summary>Frames the messages that are too rare to be coded by hand (specification 5.2).</summary>
internal static class ControlPacketWriter
{
    /// <summary>Writes one packet. The output is advanced, not flushed, and not touched if the message is refused.</summary>
    /// <exception cref="ArgumentException">
    /// The message is longer than <see cref="PacketLimits.MaxControlPacketBytes"/>, or is one that we would not read ourselves.
    /// </exception>
    public static void Write(IBufferWriter<byte> output, HEDGWMessage message, PacketLimits? limits = null)
    {
        int length = message.CalculateSize();
        int limit = (limits ?? PacketLimits.Default).MaxControlPacketBytes;
        if (length > limit)
        {
            throw new ArgumentException($"The message has {length} bytes, the limit is {limit}.", nameof(message));
        }

        byte[] bytes = message.ToByteArray();
        Validate(bytes, nameof(message));
        Span<byte> prefix = stackalloc byte[PacketReader.PrefixBytes];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        output.Write(prefix);
        output.Write(bytes);
    }

    private static void Validate(byte[] bytes, string argument)
    {
        try
        {
            InboundMessage message = MessageReader.Read(new ReadOnlySequence<byte>(bytes));
            if (MessageSchema.For(message.Type) is { } schema)
            {
                BodyValidator.Validate(message, schema);
            }
        }
        catch (ProtocolException error)
        {
            throw new ArgumentException($"The message is not what its schema says. {error.Message}", argument, error);
        }
    }
}
