using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Andmu.Pipeline.Gateway.Hosting;

/// <summary>
/// The blocks that Kestrel reads sockets into. Its own are 4 KiB: a system call for each, and four reads for one TLS record. Media
/// come in long packets; with blocks of 64 KiB a gigabyte costs a fraction. An idle connection holds none.
/// </summary>
internal sealed class LargeBlockPool : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    // Four TLS records of the largest size.
    private const int BlockSize = 64 * 1024;

    // Kept for reuse: 16 MiB. What more is in use at a time goes to the collector afterwards.
    private const int MaxKept = 256;

    private readonly ConcurrentQueue<Block> _free = new();

    public override int MaxBufferSize => BlockSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (!_free.TryDequeue(out Block? block))
        {
            return new Block(this);
        }

        block.Rent();
        return block;
    }

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    protected override void Dispose(bool disposing)
    {
        // Its users dispose of it one by one; the blocks are the collector's.
    }

    private sealed class Block(LargeBlockPool pool) : IMemoryOwner<byte>
    {
        // Pinned once rather than for every read.
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true);
        private int _returned;

        public Memory<byte> Memory => _bytes;

        public void Rent() => Volatile.Write(ref _returned, 0);

        public void Dispose()
        {
            // A second return would give one block to two connections.
            if (Interlocked.Exchange(ref _returned, 1) == 0 && pool._free.Count < MaxKept)
            {
                pool._free.Enqueue(this);
            }
        }
    }
}
