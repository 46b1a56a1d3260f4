using System.Buffers;

namespace Andmu.Pipeline.Benchmarks.Support;

/// <summary>One block, written from its start again and again: the output costs nothing but the copy.</summary>
internal sealed class FixedBufferWriter(int capacity) : IBufferWriter<byte>
{
    private readonly byte[] _block = new byte[capacity];
    private int _used;

    public ReadOnlySpan<byte> Written => _block.AsSpan(0, _used);

    public void Clear() => _used = 0;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _block.AsMemory(_used);

    public Span<byte> GetSpan(int sizeHint = 0) => _block.AsSpan(_used);
}
