using System.Buffers;
using System.Buffers.Binary;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol;

/// <summary>Frames the messages that are too rare to be coded by hand (specification 5.2).</summary>
internal static class ControlPacketWriter
{
    /// <summary>Writes one packet. The output is advanced, not flushed, and not touched if the message is refused.</summary>
    /// <exception cref="ArgumentException">
    /// A required field is not set, or the message is longer than <see cref="PacketLimits.MaxControlPacketBytes"/>.
    /// </exception>
    public static void Write(IBufferWriter<byte> output, HEDGWMessage message, PacketLimits? limits = null)
    {
        if (!message.IsInitialized())
        {
            throw new ArgumentException($"The {message.MessageType} lacks a required field.", nameof(message));
        }

        int length = message.CalculateSize();
        int limit = (limits ?? PacketLimits.Default).MaxControlPacketBytes;
        if (length > limit)
        {
            throw new ArgumentException($"The {message.MessageType} has {length} bytes, the limit is {limit}.", nameof(message));
        }

        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(PacketReader.PrefixBytes), (uint)length);
        output.Advance(PacketReader.PrefixBytes);
        message.WriteTo(output);
    }
}
