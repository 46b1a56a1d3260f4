using System.Buffers;
using System.Buffers.Binary;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Takes the first packet off the buffer: <see cref="PacketReader.TryReadPacket"/>, or one that a test has broken.</summary>
internal delegate bool PacketRead(ref ReadOnlySequence<byte> buffer, PacketLimits limits, out ReadOnlySequence<byte> message);

/// <summary>
/// Differential: a byte stream falls into the same messages, ends with the same error, and leaves the same rest as by a reader that has all of it in one array.
/// It does so in every layout, and also when the bytes arrive piece by piece; an error shows as soon as its bytes are there. Each message's
/// envelope is read alike in every layout, or refused alike.
/// </summary>
internal sealed class PacketReaderTarget(PacketRead read) : IFuzzTarget
{
    private const int PrefixBytes = 4;

    // So small that a fuzzer gets past them; the longest message of the seeds that is not media fits.
    private static readonly PacketLimits Limits = new() { MaxMediaPacketBytes = 2048, MaxControlPacketBytes = 512 };

    public PacketReaderTarget()
        : this(PacketReader.TryReadPacket)
    {
    }

    public string Name => "packet-reader";

    public string Property => "A byte stream gives the packets that a reader of one array gives, however it is cut, and an error as soon as it shows.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        List<string> expected = Reference(bytes);
        foreach (ReadOnlySequence<byte> layout in Chunks.Layouts(bytes))
        {
            Expect.SameItems(expected, ReadAll(layout), "packet");
        }

        Expect.SameItems(expected, ReadArriving(bytes), "packet of those that arrive in pieces");
    }

    private static List<string> Reference(ReadOnlySpan<byte> bytes)
    {
        List<string> events = [];
        while (bytes.Length >= PrefixBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            ReadOnlySpan<byte> rest = bytes[PrefixBytes..];
            ProtocolErrorCode? error =
                length == 0 ? ProtocolErrorCode.EmptyPacket
                : length > Limits.MaxMediaPacketBytes ? ProtocolErrorCode.PacketTooLarge
                : length > Limits.MaxControlPacketBytes && !MayBeMedia(rest) ? ProtocolErrorCode.ControlPacketTooLarge
                : null;
            if (error is { } code)
            {
                events.Add($"error {code}");
                return events;
            }

            if (rest.Length < length)
            {
                break;
            }

            events.Add(Envelope(new ReadOnlySequence<byte>(rest[..(int)length].ToArray())));
            bytes = rest[(int)length..];
        }

        events.Add($"rest {bytes.Length}");
        return events;
    }

    private static bool MayBeMedia(ReadOnlySpan<byte> message) =>
        (message.Length < 1 || message[0] == 0x08) && (message.Length < 2 || message[1] == (byte)MessageType.MediaPackage);

    private List<string> ReadAll(ReadOnlySequence<byte> buffer)
    {
        List<string> events = [];
        if (Drain(ref buffer, events))
        {
            events.Add($"rest {buffer.Length}");
        }

        return events;
    }

    private List<string> ReadArriving(byte[] bytes)
    {
        List<string> events = [];
        int taken = 0;
        int arrived = 0;
        foreach (ReadOnlyMemory<byte> part in Chunks.Cut(bytes))
        {
            arrived += part.Length;
            ReadOnlySequence<byte> buffer = new(bytes, taken, arrived - taken);
            if (!Drain(ref buffer, events))
            {
                return events;
            }

            taken = arrived - (int)buffer.Length;
        }

        events.Add($"rest {arrived - taken}");
        return events;
    }

    /// <summary>False at an error.</summary>
    private bool Drain(ref ReadOnlySequence<byte> buffer, List<string> events)
    {
        try
        {
            while (read(ref buffer, Limits, out ReadOnlySequence<byte> message))
            {
                events.Add(Envelope(message));
            }

            return true;
        }
        catch (ProtocolException error)
        {
            events.Add($"error {error.Code}");
            return false;
        }
    }

    private static string Envelope(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            InboundMessage message = MessageReader.Read(bytes);
            Expect.Holds(message.PacketLength == bytes.Length, "the length of the packet is not that of its bytes");
            if (!message.Body.IsEmpty)
            {
                ReadOnlySequence<byte> body = bytes.Slice(message.BodyOffset - PrefixBytes, message.Body.Length);
                Expect.SameBytes(body.ToArray(), message.Body.ToArray(), "what stands where the body is said to be");
            }

            return $"{message.Type} of {bytes.Length} bytes, {message.Body.Length} at {message.BodyOffset}, {message.UnknownFields} unknown";
        }
        catch (ProtocolException error)
        {
            return $"{bytes.Length} bytes refused: {error.Code} at {error.Offset}, {error.MessageType}";
        }
    }
}
