using System.Buffers.Binary;

namespace Andmu.Pipeline.Device.Services;

/// <summary>
/// The header of an RTP packet (RFC 3550, 5.1) that carries G.711, read from untrusted bytes.
/// <code>
/// 0                   1                   2                   3
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                            SSRC                               |
/// |             CSRC, CC times; extension, if X ...               |
/// </code>
/// </summary>
/// <param name="Sequence">Counts packets; wraps to 0.</param>
/// <param name="Source">SSRC.</param>
/// <param name="Length">Of the header with all that belongs to it, bytes.</param>
/// <param name="Padding">Bytes at the end that are no audio.</param>
internal readonly record struct RtpHeader(ushort Sequence, uint Source, int Length, int Padding)
{
    private const int FixedLength = 12;
    private const int ExtensionHeaderLength = 4;
    private const int Version = 2;
    private const int ALaw = 8; // RFC 3551, table 4
    private const int Unset = 0; // an app that does not set it: the audio is A-law all the same (specification 5.2.5)

    /// <returns>Whether it is one, with audio behind it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < FixedLength || packet[0] >> 6 != Version || (packet[1] & 0x7F) is not (ALaw or Unset))
        {
            return false;
        }

        int length = FixedLength + (4 * (packet[0] & 0x0F));
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + ExtensionHeaderLength)
            {
                return false;
            }

            length += ExtensionHeaderLength + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]));
        }

        int padding = (packet[0] & 0x20) != 0 ? packet[^1] : 0;
        header = new RtpHeader(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), length, padding);
        return length + padding < packet.Length;
    }
}
