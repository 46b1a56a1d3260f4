using System.Buffers.Binary;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>The platform's view of the wire: framing of its own over the generated classes, so that a fault of the codec under test cannot cancel itself out.</summary>
internal static class WirePackets
{
    public const int PrefixBytes = 4;

    public static byte[] Frame(HEDGWMessage message)
    {
        byte[] packet = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(packet, packet.Length - PrefixBytes);
        message.WriteTo(packet.AsSpan(PrefixBytes));
        return packet;
    }

    public static List<HEDGWMessage> ParseAll(byte[] stream)
    {
        var messages = new List<HEDGWMessage>();
        for (int at = 0; at < stream.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(at));
            messages.Add(HEDGWMessage.Parser.ParseFrom(stream.AsSpan(at + PrefixBytes, length)));
            at += PrefixBytes + length;
        }

        return messages;
    }
}
