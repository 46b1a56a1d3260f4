using System.Buffers;

namespace Andmu.Pipeline.Protocol.Tests.Support;

/// <summary>
/// A buffer writer as awkward as its contract allows: every block is filled with 0xFF and has exactly the block size, or exactly
/// the minimum that was asked for if that is more.
/// </summary>
internal sealed class BlockBufferWriter(int blockSize) : IBufferWriter<byte>
{
    private readonly List<byte> _written = [];
    private byte[] _block = [];
    private int _used;

    public int BlocksGiven { get; private set; }

    public byte[] Written => [.. _written];

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _block.Length - _used);
        _written.AddRange(_block.AsSpan(_used, count));
        _used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_block.Length - _used < Math.Max(sizeHint, 1))
        {
            _block = new byte[Math.Max(blockSize, sizeHint)];
            Array.Fill(_block, (byte)0xFF);
            _used = 0;
            BlocksGiven++;
        }

        return _block.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
