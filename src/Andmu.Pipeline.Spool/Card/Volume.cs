using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Reads, makes and checks a card's identity.</summary>
internal static class Volume
{
    /// <summary>Reads it. <see cref="StoreFault.NotFound"/> when there is none that is whole.</summary>
    public static StoreFault Read(IBlockStore store, out VolumeId id)
    {
        id = default;
        StoreFault fault = store.Open(Layout.VolumeName, writable: false, out IBlockFile? file);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        using (file)
        {
            Span<byte> bytes = stackalloc byte[VolumeFile.Size];
            fault = file!.Read(0, bytes, out int count);
            return fault != StoreFault.None ? fault
                : VolumeFile.TryRead(bytes[..count], out id) ? StoreFault.None
                : StoreFault.NotFound;
        }
    }

    /// <summary>Gives the card an identity, in place of one that is damaged if need be.</summary>
    public static StoreFault Create(IBlockStore store, VolumeId id)
    {
        StoreFault fault = store.Delete(Layout.VolumeName);
        if (fault is not (StoreFault.None or StoreFault.NotFound))
        {
            return fault;
        }

        Span<byte> bytes = stackalloc byte[VolumeFile.Size];
        VolumeFile.Write(bytes, id);
        return WriteNew(store, Layout.VolumeName, bytes);
    }

    /// <summary>Finds out whether the card takes writes.</summary>
    public static StoreFault Probe(IBlockStore store)
    {
        StoreFault fault = store.Delete(Layout.ProbeName); // left by a power cut
        if (fault is StoreFault.None or StoreFault.NotFound)
        {
            Span<byte> bytes = stackalloc byte[VolumeFile.Size];
            bytes.Clear();
            fault = WriteNew(store, Layout.ProbeName, bytes);
        }

        StoreFault deleted = store.Delete(Layout.ProbeName);
        return fault != StoreFault.None ? fault : deleted;
    }

    private static StoreFault WriteNew(IBlockStore store, string name, ReadOnlySpan<byte> bytes)
    {
        StoreFault fault = store.Create(name, out IBlockFile? file);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        using (file)
        {
            fault = file!.Write(0, bytes);
            fault = fault != StoreFault.None ? fault : file.Sync();
        }

        return fault != StoreFault.None ? fault : store.SyncDirectory();
    }
}
