using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests.Support;

/// <summary>Says the same message differently: its fields in another order, and fields that nobody knows between them.</summary>
internal sealed class WireShuffler(Random random)
{
    // Above 31 too: no bit of a schema may be mistaken for them.
    private static readonly int[] UnknownNumbers = [4 + 8, 13, 14, 15, 16, 31, 32, 33, 35, 43, 1000, 65_535, 536_870_911];

    public int UnknownFields { get; private set; }

    public static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        while (value > 0x7F)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    public byte[] Shuffle(byte[] message)
    {
        List<byte[]> fields = Split(message);
        for (int unknown = random.Next(4); unknown > 0; unknown--)
        {
            fields.Add(Unknown());
            UnknownFields++;
        }

        byte[][] shuffled = [.. fields];
        random.Shuffle(shuffled);
        return [.. shuffled.SelectMany(field => field)];
    }

    private static List<byte[]> Split(byte[] message)
    {
        List<byte[]> fields = [];
        using CodedInputStream input = new(message);
        while (!input.IsAtEnd)
        {
            long start = input.Position;
            input.ReadTag();
            input.SkipLastField();
            fields.Add(message[(int)start..(int)input.Position]);
        }

        return fields;
    }

    private byte[] Unknown()
    {
        ulong tag = (ulong)UnknownNumbers[random.Next(UnknownNumbers.Length)] << 3;
        byte[] bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return random.Next(4) switch
        {
            0 => [.. Varint(tag), .. Varint((ulong)random.NextInt64() << 1)],
            1 => [.. Varint(tag | 1), 1, 2, 3, 4, 5, 6, 7, 8],
            2 => [.. Varint(tag | 2), .. Varint((ulong)bytes.Length), .. bytes],
            _ => [.. Varint(tag | 5), 0xFF, 0xFF, 0xFF, 0xFF],
        };
    }
}
