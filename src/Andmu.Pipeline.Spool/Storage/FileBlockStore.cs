using Andmu.Pipeline.Spool.Format;
using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Spool.Storage;

/// <summary>A directory of the real file system.</summary>
/// <param name="directory">The directory.</param>
/// <param name="requireMountPoint">It must be a mount point itself: under a pulled card lies a directory of the same name, on the flash that the
/// system runs from.</param>
internal sealed class FileBlockStore(string directory, bool requireMountPoint) : IBlockStore
{
    private readonly string _directory = Path.GetFullPath(directory);
    private SafeFileHandle? _lock;

    public StoreFault Attach()
    {
        if (requireMountPoint)
        {
            return MountTable.Contains(_directory) ? StoreFault.None : StoreFault.Gone;
        }

        try
        {
            return Make(_directory);
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    /// <summary>An advisory lock (flock(2)), which the kernel lets go of when a process dies. Opened for reading: a card may be made read-only meanwhile.</summary>
    public StoreFault Lock()
    {
        if (_lock is not null)
        {
            return StoreFault.None;
        }

        try
        {
            _lock = File.OpenHandle(Path.Combine(_directory, Layout.LockName), FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.IsLocked(error) ? StoreFault.InUse : ErrorNumber.ToFault(error);
        }
    }

    public void Unlock()
    {
        _lock?.Dispose();
        _lock = null;
    }

    public StoreFault List(List<string> names)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(_directory))
            {
                names.Add(Path.GetFileName(path));
            }

            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    public StoreFault Create(string name, out IBlockFile? file) => Open(name, FileMode.CreateNew, FileAccess.ReadWrite, out file);

    public StoreFault Open(string name, bool writable, out IBlockFile? file) =>
        Open(name, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, out file);

    public StoreFault Delete(string name)
    {
        try
        {
            File.Delete(Path.Combine(_directory, name));
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    public StoreFault SyncDirectory() => ErrorNumber.ToFault(NativeSync.Directory(_directory));

    public StoreFault Measure(out StoreSpace space)
    {
        space = default;
        try
        {
            var drive = new DriveInfo(_directory);
            space = new StoreSpace(drive.TotalSize, drive.AvailableFreeSpace, drive.DriveFormat);
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    /// <summary>Makes a directory, and those above it: each is on the card when the one above has been synced.</summary>
    private static StoreFault Make(string directory)
    {
        if (Directory.Exists(directory) || Path.GetDirectoryName(directory) is not { } above)
        {
            return StoreFault.None;
        }

        StoreFault fault = Make(above);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        Directory.CreateDirectory(directory);
        return ErrorNumber.ToFault(NativeSync.Directory(above));
    }

    private StoreFault Open(string name, FileMode mode, FileAccess access, out IBlockFile? file)
    {
        file = null;
        try
        {
            SafeFileHandle handle = File.OpenHandle(Path.Combine(_directory, name), mode, access, FileShare.ReadWrite | FileShare.Delete);
            file = new FileBlockFile(handle);
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }
}
