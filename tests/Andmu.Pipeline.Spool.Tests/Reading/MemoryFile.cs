using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Tests.Reading;

/// <summary>A file that is an array.</summary>
internal sealed class MemoryFile(ReadOnlyMemory<byte> content) : IBlockFile
{
    public StoreFault Write(long offset, ReadOnlySpan<byte> bytes) => StoreFault.ReadOnly;

    public StoreFault Read(long offset, Span<byte> buffer, out int count)
    {
        count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        content.Span.Slice((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
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
