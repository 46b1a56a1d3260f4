using System.Buffers.Binary;

namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>
/// One pack of talk-back, taken apart in place: <c>data</c> of a TDMediaPackage of type 1 from the platform, G.711 A-law, 8 kHz, mono
/// (specification 5.2.5, and appendix E for the header). RFC 3550, 5.1:
/// <code>
///  0                   1                   2                   3
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                     CSRC, CC times                            |
/// |   X: defined by profile       |   length in 4-byte words      |  extension ...
/// |   payload ...                      P: padding, its last byte says how many |
/// </code>
/// </summary>
public readonly ref struct TalkBackPacket
{
    private const int FixedHeaderSize = 12;
    private const int Version = 2;
    private const int PayloadTypeMuLaw = 0;
    private const int PayloadTypeALaw = 8;

    private TalkBackPacket(ReadOnlySpan<byte> payload, ushort? sequence, uint? timestamp, bool isMalformed)
    {
        Payload = payload;
        Sequence = sequence;
        Timestamp = timestamp;
        IsMalformed = isMalformed;
    }

    /// <summary>The sound, a slice of the data; empty when malformed.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Number of the pack in the RTP header, counting round after 65535; null without a header.</summary>
    public ushort? Sequence { get; }

    /// <summary>Time of the pack in the RTP header, in samples; null without a header.</summary>
    public uint? Timestamp { get; }

    /// <summary>Whether a header was demanded and the data has none.</summary>
    public bool IsMalformed { get; }

    /// <summary>Takes a pack apart. Never throws, never allocates.</summary>
    /// <param name="data">The data of the media package.</param>
    /// <param name="framing">What to expect in front of the sound.</param>
    public static TalkBackPacket Read(ReadOnlySpan<byte> data, TalkBackFraming framing)
    {
        if (framing != TalkBackFraming.Raw && TryFindPayload(data, out ReadOnlySpan<byte> payload))
        {
            ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            return new TalkBackPacket(payload, sequence, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), isMalformed: false);
        }

        return framing == TalkBackFraming.Rtp
            ? new TalkBackPacket(default, null, null, isMalformed: true)
            : new TalkBackPacket(data, null, null, isMalformed: false);
    }

    private static bool TryFindPayload(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (data.Length < FixedHeaderSize || data[0] >> 6 != Version || (data[1] & 0x7F) is not (PayloadTypeALaw or PayloadTypeMuLaw))
        {
            return false;
        }

        int start = FixedHeaderSize + (4 * (data[0] & 0x0F));
        bool hasExtension = (data[0] & 0x10) != 0;
        if (hasExtension)
        {
            if (data.Length < start + 4)
            {
                return false;
            }

            start += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(data[(start + 2)..]));
        }

        bool hasPadding = (data[0] & 0x20) != 0;
        int padding = hasPadding ? data[^1] : 0;
        int length = data.Length - start - padding;
        // Padding counts its own last byte, so it is never none.
        if (length < 0 || (hasPadding && padding == 0))
        {
            return false;
        }

        payload = data.Slice(start, length);
        return true;
    }
}
