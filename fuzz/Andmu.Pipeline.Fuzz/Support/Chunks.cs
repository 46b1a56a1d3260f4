using System.Buffers;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>Cuts an input into the pieces in which a network, or memory, might hold it. The cuts depend on the input alone, so that a finding can be repeated.</summary>
internal static class Chunks
{
    // Beyond it a byte at a time takes longer than it tells.
    private const int MaxSingleBytes = 512;

    /// <summary>The ways in which the same bytes can lie in memory: whole, in pieces, a byte at a time. A decoder must not notice.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> Layouts(byte[] bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        yield return Segment.Chain(Cut(bytes));
        if (bytes.Length <= MaxSingleBytes)
        {
            yield return Segment.Chain([.. Enumerable.Range(0, bytes.Length).Select(i => (ReadOnlyMemory<byte>)bytes.AsMemory(i, 1))]);
        }
    }

    /// <summary>Pieces of 0 to 63 bytes, each in memory of its own.</summary>
    public static List<ReadOnlyMemory<byte>> Cut(byte[] bytes)
    {
        List<ReadOnlyMemory<byte>> parts = [];
        int at = 0;
        for (uint state = Seed(bytes); at < bytes.Length; state = Next(state))
        {
            int length = Math.Min((int)(state >> 26), bytes.Length - at);
            parts.Add(bytes.AsSpan(at, length).ToArray());
            at += length;
        }

        return parts;
    }

    // FNV-1a.
    private static uint Seed(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte next in bytes)
        {
            hash = (hash ^ next) * 16777619;
        }

        return Next(hash);
    }

    // A linear congruential generator (Knuth, The Art of Computer Programming 2, 3.3.4): its upper bits are good enough to cut by.
    private static uint Next(uint state) => (state * 1664525) + 1013904223;
}
