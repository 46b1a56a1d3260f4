using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_picture.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePicture
{
    public uint StructSize;
    public int Kind;
    public ulong Id;
    public int Width;
    public int Height;
    public int WithinMs;
    public int Sequence;
    public int Count;
    public int Pan;
    public int Upright;
    public int Reserved;
}

/// <summary>andmu_talk.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTalk
{
    public uint StructSize;
    public int First;
    public int Last;
    public int Missing;
    public uint Samples;
    public uint Reserved;
    public short* Pcm;
    public byte* Alaw;
}
