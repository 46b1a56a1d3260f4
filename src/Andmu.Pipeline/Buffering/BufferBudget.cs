using System.Numerics;
using System.Runtime.CompilerServices;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Buffering;

/// <summary>How much memory one channel takes: one term per holder, so that a reviewer can add it up.</summary>
public static class BufferBudget
{
    /// <summary>Bytes that one channel holds at the most, besides what the runtime and TLS hold themselves (about 90 KB a connection with
    /// SslStream, 25 KB with the transport over OpenSSL).</summary>
    /// <param name="options">The bounds of its buffer.</param>
    /// <param name="largestAccessUnit">Bytes of the largest key frame that the encoder makes.</param>
    public static long BytesPerChannel(MediaBufferOptions options, int largestAccessUnit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(largestAccessUnit);
        long sum = BytesOfBuffer(options);
        sum += DropLedger.DetailCapacity * (long)Unsafe.SizeOf<MediaDrop>(); // DropLedger: the last losses
        sum += PinnedBlockPool.BlockBytes; // TlsPipeWriter: plain text, while it sends
        sum += RoundUpToBlocks(Session.BatchSize.Full + (long)largestAccessUnit); // CoalescingStream: cipher text, while it sends
        return sum;
    }

    /// <summary>Bytes of these that a <see cref="MediaBuffer"/> takes when it is made.</summary>
    /// <param name="options">Its bounds.</param>
    public static long BytesOfBuffer(MediaBufferOptions options)
    {
        options.Validate();
        long sum = 0;
        sum += options.CapacityBytes; // MediaArena: the media itself
        sum += BitOperations.RoundUpToPowerOf2((uint)options.MaxEntries) * (long)Unsafe.SizeOf<MediaEntry>(); // MediaBuffer: the index
        return sum;
    }

    private static long RoundUpToBlocks(long bytes) => (bytes + PinnedBlockPool.BlockBytes) / PinnedBlockPool.BlockBytes * PinnedBlockPool.BlockBytes;
}
