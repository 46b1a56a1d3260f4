using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Spool.Storage;

/// <summary>fsync with its result looked at.</summary>
/// <remarks>On Linux, .NET 10's <c>FileStream.Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> lose the error: the native part returns 1 for a
/// failure, and the managed part looks for less than 0. A directory cannot be opened through the base class library at all.</remarks>
internal static partial class NativeSync
{
    private const int ReadOnlyFlag = 0; // O_RDONLY
    private const int CloseOnExec = 0x80000; // O_CLOEXEC: the same on x64, arm and arm64
    private const int Interrupted = 4; // EINTR

    /// <summary>0, or errno.</summary>
    public static int File(SafeFileHandle file)
    {
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Sync((int)file.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>0, or errno.</summary>
    public static int Directory(string path)
    {
        int descriptor = Open(path, ReadOnlyFlag | CloseOnExec);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        int error = Sync(descriptor);
        _ = Close(descriptor);
        return error;
    }

    private static int Sync(int descriptor)
    {
        int error;
        do
        {
            error = Fsync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == Interrupted);

        return error;
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
