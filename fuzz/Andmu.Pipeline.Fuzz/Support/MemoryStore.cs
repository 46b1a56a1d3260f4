using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>A card that cannot be written to.</summary>
internal sealed class MemoryStore(IReadOnlyDictionary<string, byte[]> files) : IBlockStore
{
    public StoreFault Attach() => StoreFault.None;

    public StoreFault Lock() => StoreFault.None;

    public void Unlock()
    {
    }

    public StoreFault List(List<string> names)
    {
        names.AddRange(files.Keys);
        return StoreFault.None;
    }

    public StoreFault Create(string name, out IBlockFile? file)
    {
        file = null;
        return StoreFault.ReadOnly;
    }

    public StoreFault Open(string name, bool writable, out IBlockFile? file)
    {
        file = !writable && files.TryGetValue(name, out byte[]? content) ? new MemoryFile(content) : null;
        return file is not null ? StoreFault.None : writable ? StoreFault.ReadOnly : StoreFault.NotFound;
    }

    public StoreFault Delete(string name) => StoreFault.ReadOnly;

    public StoreFault SyncDirectory() => StoreFault.ReadOnly;

    public StoreFault Measure(out StoreSpace space)
    {
        space = default;
        return StoreFault.None;
    }
}
