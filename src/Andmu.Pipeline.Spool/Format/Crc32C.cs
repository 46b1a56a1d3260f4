using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): the processors of today have an instruction for it.</summary>
internal static class Crc32C
{
    private const int Lanes = 3;
    private const int LaneWords = 128;

    private static readonly uint[] ZeroLane = MakeZeroLane();

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    /// <summary>The checksum of two pieces, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (; words.Length >= Lanes * LaneWords; words = words[(Lanes * LaneWords)..])
        {
            crc = UpdateLanes(crc, words[..LaneWords], words.Slice(LaneWords, LaneWords), words.Slice(2 * LaneWords, LaneWords));
        }

        foreach (ulong word in words)
        {
            crc = Next(crc, word);
        }

        foreach (byte last in bytes[(bytes.Length / sizeof(ulong) * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return crc;
    }

    /// <summary>The instruction takes three cycles and can be begun in each: three sums that do not wait for one another, put together at the end.</summary>
    private static uint UpdateLanes(uint crc, ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<ulong> third)
    {
        uint crcOfSecond = 0;
        uint crcOfThird = 0;
        for (int i = 0; i < first.Length && i < second.Length && i < third.Length; i++)
        {
            crc = Next(crc, first[i]);
            crcOfSecond = Next(crcOfSecond, second[i]);
            crcOfThird = Next(crcOfThird, third[i]);
        }

        return AfterLane(AfterLane(crc) ^ crcOfSecond) ^ crcOfThird;
    }

    private static uint Next(uint crc, ulong word) =>
        BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));

    /// <summary>What a sum becomes behind a lane of zeros. A checksum is linear: byte by byte of the sum, by a table each.</summary>
    private static uint AfterLane(uint crc) =>
        ZeroLane[(int)(crc & 0xFF)]
        ^ ZeroLane[256 + (int)((crc >> 8) & 0xFF)]
        ^ ZeroLane[512 + (int)((crc >> 16) & 0xFF)]
        ^ ZeroLane[768 + (int)(crc >> 24)];

    private static uint[] MakeZeroLane()
    {
        uint[] table = new uint[sizeof(uint) * 256];
        for (int i = 0; i < table.Length; i++)
        {
            uint crc = (uint)(i % 256) << (i / 256 * 8);
            for (int word = 0; word < LaneWords; word++)
            {
                crc = BitOperations.Crc32C(crc, 0UL);
            }

            table[i] = crc;
        }

        return table;
    }
}
