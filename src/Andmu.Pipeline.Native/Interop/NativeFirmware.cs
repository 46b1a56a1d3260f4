using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_firmware_progress.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFirmwareProgress
{
    public uint StructSize;
    public int Stage;
    public long CurrentBytes;
    public long TotalBytes;
    public byte* Comment;
}

/// <summary>andmu_firmware.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFirmware
{
    public uint StructSize;
    public int Kind;
    public long Size;
    public byte* Path;
    public byte* Version;
    public byte* Md5;
}
