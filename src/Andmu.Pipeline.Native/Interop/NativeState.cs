using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_state. The structures of this folder have the members of include/andmu.h in their order; a test compiles both.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeState
{
    public uint StructSize;
    public int Step;
    public int Uplink;
    public NativeResult Error;
    public int PlatformCode;
    public int RetryMs;
    public int GatewayPort;
    public int Reserved;
    public byte* GatewayHost;
    public byte* Text;
}

/// <summary>andmu_clip.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeClip
{
    public uint StructSize;
    public int Outcome;
    public long EventTimeMs;
    public int Events;
    public int PreRollMs;
    public int PostRollMs;
    public int MissingPreRollMs;
    public int MissingPostRollMs;
    public int LostPackages;
}
