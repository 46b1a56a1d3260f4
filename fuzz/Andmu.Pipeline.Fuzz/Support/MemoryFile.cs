using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>A file that is an array and counts what is read of it.</summary>
internal sealed class MemoryFile(ReadOnlyMemory<byte> content) : IBlockFile
{
    public long BytesRead { get; private set; }

    public StoreFault Write(long offset, ReadOnlySpan<byte> bytes) => StoreFault.ReadOnly;

    public StoreFault Read(long offset, Span<byte> buffer, out int count)
    {
        count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        content.Span.Slice((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
        BytesRead += count;
        return StoreFault.None;
    }

    public StoreFault Sync() => StoreFault.None;

    public StoreFault GetLength(out long length)
    {
        length = content.Length;
        return StoreFault.None;
    }

    public void Dispose()
    {
    }
}
