using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>What has been delivered, on the card: two files, written in turn. Losing both costs duplicates. The engine's thread alone.</summary>
internal sealed class UploadCursor(IBlockStore store)
{
    private readonly byte[] _block = new byte[CursorFile.Size];
    private readonly CursorEntry[] _entries = new CursorEntry[CursorFile.MaxEntries];
    private ulong _generation;

    /// <summary>Takes over the newer of the files that are whole. One that cannot be read counts as none.</summary>
    public void Load(SegmentIndex index)
    {
        _generation = 0;
        int newest = 0;
        var newestEntries = new CursorEntry[CursorFile.MaxEntries];
        foreach (string name in Layout.CursorNames)
        {
            if (TryRead(name, out ulong generation, out int count) && generation >= _generation)
            {
                _generation = generation;
                newest = count;
                _entries.CopyTo(newestEntries, 0);
            }
        }

        index.Restore(newestEntries.AsSpan(0, newest));
    }

    /// <summary>Writes the older file anew. When that fails the newer one stands.</summary>
    public StoreFault Save(SegmentIndex index)
    {
        int count = index.Collect(_entries);
        CursorFile.Write(_block, _generation + 1, _entries.AsSpan(0, count));
        string name = Layout.CursorNames[(int)((_generation + 1) % 2)];
        StoreFault fault = Write(name);
        if (fault == StoreFault.None)
        {
            _generation++;
            index.Saved();
        }
        else if (fault == StoreFault.Io)
        {
            _ = store.Delete(name); // its place is bad: the next one lies elsewhere
        }

        return fault;
    }

    private bool TryRead(string name, out ulong generation, out int count)
    {
        generation = 0;
        count = 0;
        if (store.Open(name, writable: false, out IBlockFile? file) != StoreFault.None)
        {
            return false;
        }

        using (file)
        {
            return file!.Read(0, _block, out int length) == StoreFault.None
                && CursorFile.TryRead(_block.AsSpan(0, length), _entries, out generation, out count);
        }
    }

    private StoreFault Write(string name)
    {
        StoreFault fault = store.Open(name, writable: true, out IBlockFile? file);
        bool isNew = fault == StoreFault.NotFound;
        if (isNew)
        {
            fault = store.Create(name, out file);
        }

        if (fault != StoreFault.None)
        {
            return fault;
        }

        using (file)
        {
            fault = file!.Write(0, _block);
            fault = fault != StoreFault.None ? fault : file.Sync();
        }

        return fault == StoreFault.None && isNew ? store.SyncDirectory() : fault;
    }
}
