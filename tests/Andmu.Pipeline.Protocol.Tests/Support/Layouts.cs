using System.Buffers;

namespace Andmu.Pipeline.Protocol.Tests.Support;

/// <summary>
/// The ways in which the same bytes can lie in memory. A decoder must not notice: every payload of these tests is read in all of
/// them. All bytes around the payload are 0xFF, which as protobuf is an endless varint, so that reading too far shows.
/// </summary>
internal static class Layouts
{
    private const int GuardBytes = 16;

    /// <summary>Whole; whole between guards; split in two at every byte; a byte at a time with empty segments between.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> Of(byte[] bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        yield return new ReadOnlySequence<byte>(Guarded(bytes));
        for (int i = 0; i <= bytes.Length; i++)
        {
            yield return Segment.Chain(Guarded(bytes.AsSpan(0, i)), Guarded(bytes.AsSpan(i)));
        }

        yield return ByteAtATime(bytes);
    }

    public static ReadOnlySequence<byte> ByteAtATime(byte[] bytes)
    {
        List<ReadOnlyMemory<byte>> parts = [ReadOnlyMemory<byte>.Empty];
        for (int i = 0; i < bytes.Length; i++)
        {
            parts.Add(Guarded(bytes.AsSpan(i, 1)));
            parts.Add(ReadOnlyMemory<byte>.Empty);
        }

        return Segment.Chain([.. parts]);
    }

    private static ReadOnlyMemory<byte> Guarded(ReadOnlySpan<byte> bytes)
    {
        byte[] memory = new byte[GuardBytes + bytes.Length + GuardBytes];
        Array.Fill(memory, (byte)0xFF);
        bytes.CopyTo(memory.AsSpan(GuardBytes));
        return memory.AsMemory(GuardBytes, bytes.Length);
    }
}
