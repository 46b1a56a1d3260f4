using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Handles;

/// <summary>Notices that this process is a child of fork without exec. The library's threads, and whatever locks they held, have stayed behind in the
/// parent: a call would wait for them for ever.</summary>
/// <remarks>A page that the kernel clears in a child (MADV_WIPEONFORK, Linux 4.14): to look is to read one byte.</remarks>
internal static unsafe partial class ForkMark
{
    private const int ReadWrite = 0x3; // PROT_READ | PROT_WRITE
    private const int PrivateAnonymous = 0x22; // MAP_PRIVATE | MAP_ANONYMOUS
    private const int WipeOnFork = 18;

    private static readonly byte* Mark = Map();

    /// <summary>Whether the library was used in a parent of this process. False where the kernel cannot tell.</summary>
    public static bool IsChild => *Mark == 0;

    private static byte* Map()
    {
        nuint size = (nuint)Environment.SystemPageSize;
        nint page = MemoryMap(0, size, ReadWrite, PrivateAnonymous, -1, 0);
        byte* mark = page == -1 ? (byte*)NativeMemory.Alloc(1) : (byte*)page;
        if (page != -1)
        {
            _ = MemoryAdvise(page, size, WipeOnFork); // an older kernel refuses, and a child is not noticed
        }

        *mark = 1;
        return mark;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nuint size, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nuint size, int advice);
}
