namespace Andmu.Pipeline.Transport;

/// <summary>64 KiB blocks on the pinned heap, shared by all connections of a process. Thread-safe.</summary>
/// <remarks>A connection holds blocks only while it sends, so that hundreds of idle channels hold none. What is returned beyond the bound
/// goes to the garbage collector.</remarks>
internal sealed class PinnedBlockPool
{
    public const int BlockBytes = 64 * 1024;

    /// <summary>Blocks kept: 64 * 64 KiB = 4 MiB, what sixteen connections use while each sends 256 KiB.</summary>
    private const int MaxKept = 64;

    private readonly Lock _lock = new();
    private readonly byte[][] _kept = new byte[MaxKept][];
    private int _count;

    public static PinnedBlockPool Shared { get; } = new();

    public byte[] Rent()
    {
        lock (_lock)
        {
            if (_count > 0)
            {
                return _kept[--_count];
            }
        }

        return GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
    }

    public void Return(byte[] block)
    {
        lock (_lock)
        {
            if (_count < MaxKept)
            {
                _kept[_count++] = block;
            }
        }
    }
}
