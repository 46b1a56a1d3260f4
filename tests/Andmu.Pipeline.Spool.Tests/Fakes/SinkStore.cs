using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>A card that takes everything and keeps nothing, without allocating.</summary>
internal sealed class SinkStore : IBlockStore, IBlockFile
{
    public StoreFault Attach() => StoreFault.None;

    public StoreFault Lock() => StoreFault.None;

    public void Unlock()
    {
    }

    public StoreFault List(List<string> names) => StoreFault.None;

    public StoreFault Create(string name, out IBlockFile? file)
    {
        file = this;
        return StoreFault.None;
    }

    public StoreFault Open(string name, bool writable, out IBlockFile? file)
    {
        file = null;
        return StoreFault.NotFound;
    }

    public StoreFault Delete(string name) => StoreFault.None;

    public StoreFault SyncDirectory() => StoreFault.None;

    public StoreFault Measure(out StoreSpace space)
    {
        space = new StoreSpace(long.MaxValue, long.MaxValue / 2, string.Empty);
        return StoreFault.None;
    }

    public StoreFault Write(long offset, ReadOnlySpan<byte> bytes) => StoreFault.None;

    public StoreFault Read(long offset, Span<byte> buffer, out int count)
    {
        count = 0;
        return StoreFault.None;
    }

    public StoreFault Sync() => StoreFault.None;

    public StoreFault GetLength(out long length)
    {
        length = 0;
        return StoreFault.None;
    }

    public void Dispose()
    {
    }
}
