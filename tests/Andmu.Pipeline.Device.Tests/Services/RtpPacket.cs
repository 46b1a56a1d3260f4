using System.Buffers.Binary;

namespace Andmu.Pipeline.Device.Tests.Services;

/// <summary>RTP packets as RFC 3550 has them.</summary>
internal static class RtpPacket
{
    public static byte[] Of(int sequence, ReadOnlySpan<byte> audio, int payloadType = 8, int sources = 0, int extension = -1, int padding = 0)
    {
        int extensionLength = extension < 0 ? 0 : 4 + (4 * extension);
        byte[] packet = new byte[12 + (4 * sources) + extensionLength + audio.Length + padding];
        packet[0] = (byte)(0x80 | (padding > 0 ? 0x20 : 0) | (extension >= 0 ? 0x10 : 0) | sources);
        packet[1] = (byte)payloadType;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(sequence * 160));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0x11223344);
        if (extension >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14 + (4 * sources)), (ushort)extension);
        }

        audio.CopyTo(packet.AsSpan(12 + (4 * sources) + extensionLength));
        if (padding > 0)
        {
            packet[^1] = (byte)padding;
        }

        return packet;
    }
}
