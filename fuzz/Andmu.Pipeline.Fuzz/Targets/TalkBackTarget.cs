using System.Buffers.Binary;
using Andmu.Pipeline.Control.TalkBack;
using Andmu.Pipeline.Fuzz.Support;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Takes a pack apart: <see cref="TalkBackPacket.Read"/>, or one that a test has broken.</summary>
internal delegate TalkBackPacket PackRead(ReadOnlySpan<byte> data, TalkBackFraming framing);

/// <summary>
/// The input is a call: a byte with the length of a pack, one with its framing and the milliseconds since the one before, the pack; and so on. Differential: each pack is RTP or
/// not, and its sound is what is left, as a walk over RFC 3550 5.1 by index says. The jitter buffer gives out only what was put in, byte for byte, each pack once, in rising
/// order from one restart to the next; packs taken, held, given up and refused add up; it never holds more than it may.
/// </summary>
internal sealed class TalkBackTarget(PackRead read) : IFuzzTarget
{
    private const int HeadBytes = 2;
    private const int MaxPackBytes = 128;
    private const int Capacity = 8;

    public TalkBackTarget()
        : this(TalkBackPacket.Read)
    {
    }

    public string Name => "talk-back";

    public string Property => "Packs are RTP exactly where RFC 3550 says so, and leave the jitter buffer as they came, in order and once.";

    public void Run(ReadOnlySpan<byte> input)
    {
        PlayedCall call = new(new JitterBuffer(new JitterBufferOptions { Capacity = Capacity, MaxPackBytes = MaxPackBytes, MaxWaitPacks = 3 }));
        while (input.Length >= HeadBytes)
        {
            int length = Math.Min(input[0], input.Length - HeadBytes);
            TalkBackFraming framing = (TalkBackFraming)(input[1] % 3);
            int elapsed = input[1] / 3;
            ReadOnlySpan<byte> pack = input.Slice(HeadBytes, length);
            input = input[(HeadBytes + length)..];
            TalkBackPacket packet = read(pack, framing);
            CheckPacket(pack, framing, packet);
            if (packet.Sequence is { } sequence)
            {
                call.Play(sequence, packet.Timestamp ?? 0, packet.Payload, elapsed);
            }
        }
    }

    private static void CheckPacket(ReadOnlySpan<byte> pack, TalkBackFraming framing, in TalkBackPacket packet)
    {
        (int start, int end)? rtp = framing == TalkBackFraming.Raw ? null : Reference(pack);
        Expect.Same(framing == TalkBackFraming.Rtp && rtp is null, packet.IsMalformed, "malformed");
        Expect.Same(rtp is null ? null : BinaryPrimitives.ReadUInt16BigEndian(pack[2..]), packet.Sequence, "number of the pack");
        Expect.Same(rtp is null ? null : BinaryPrimitives.ReadUInt32BigEndian(pack[4..]), packet.Timestamp, "time of the pack");
        ReadOnlySpan<byte> sound = rtp is var (start, end) ? pack[start..end] : packet.IsMalformed ? default : pack;
        Expect.SameBytes(sound, packet.Payload, "sound");
    }

    private static (int Start, int End)? Reference(ReadOnlySpan<byte> pack)
    {
        if (pack.Length < 12 || (pack[0] & 0xC0) != 0x80 || (pack[1] & 0x7F) is not (0 or 8))
        {
            return null;
        }

        int at = 12;
        for (int contributors = pack[0] & 0x0F; contributors > 0; contributors--)
        {
            at += 4;
        }

        if ((pack[0] & 0x10) != 0)
        {
            if (at + 4 > pack.Length)
            {
                return null;
            }

            at += 4 + (((pack[at + 2] << 8) | pack[at + 3]) * 4);
        }

        int end = pack.Length;
        if ((pack[0] & 0x20) != 0)
        {
            int padding = pack[^1];
            end = padding == 0 ? -1 : end - padding;
        }

        return end >= at ? (at, end) : null;
    }

    /// <summary>A jitter buffer and what should be in it.</summary>
    private sealed class PlayedCall(JitterBuffer buffer)
    {
        private readonly Dictionary<ushort, (uint Timestamp, byte[] Sound)> _held = [];
        private TimeSpan _now;
        private int? _last;

        public void Play(ushort sequence, uint timestamp, ReadOnlySpan<byte> sound, int elapsed)
        {
            _now += TimeSpan.FromMilliseconds(elapsed);
            JitterResult result = buffer.Add(sequence, timestamp, sound, _now);
            Expect.Same(sound.Length > MaxPackBytes, result == JitterResult.TooLarge, "too large");
            if (result == JitterResult.Restarted)
            {
                _held.Clear();
                _last = null;
            }

            if (result is JitterResult.Added or JitterResult.Restarted)
            {
                Expect.Holds(_held.TryAdd(sequence, (timestamp, sound.ToArray())), "a number is held twice");
            }

            Take();
            Expect.Same(_held.Count, buffer.Count, "packs held");
            Expect.Holds(buffer.Count <= Capacity, "more packs are held than may be");
        }

        private void Take()
        {
            while (buffer.TryTake(_now, out JitterPack pack))
            {
                Expect.Holds(_held.Remove(pack.Sequence, out (uint Timestamp, byte[] Sound) added), "a pack comes out that is not in");
                Expect.Same(added.Timestamp, pack.Timestamp, "time of a pack");
                Expect.SameBytes(added.Sound, pack.Payload, "sound of a pack");
                Expect.Holds(pack.MissingBefore is >= 0 and < Capacity, $"{pack.MissingBefore} packs are missing");
                Expect.Holds(_last is not { } last || pack.Sequence == (ushort)(last + 1 + pack.MissingBefore), "a pack comes out of order");
                _last = pack.Sequence;
            }
        }
    }
}
