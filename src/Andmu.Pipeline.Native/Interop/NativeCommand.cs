using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_command.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeCommand
{
    public uint StructSize;
    public NativeCommandCode Code;
    public ulong Id;
    public int HasAnswer;
    public int Value;
    public int Pan;
    public int Tilt;
    public uint BlockMask;
    public uint RegionCount;
    public NativeRegion* Regions;
    public NativeSchedule* Schedule;
    public uint ScheduleCount;
    public uint Reserved;
    public byte* Ssid;
    public byte* Bssid;
    public byte* Encryption;
    public byte* Key;
}

/// <summary>andmu_region.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeRegion
{
    public int X;
    public int Y;
    public int Width;
    public int Height;
}

/// <summary>andmu_schedule.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeSchedule
{
    public int Days;
    public int StartMinute;
    public int EndMinute;
    public int Enabled;
}

/// <summary>andmu_wifi.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeWifi
{
    public byte* Ssid;
    public byte* Bssid;
    public byte* Encryption;
    public int Signal;
    public int Connected;
}

/// <summary>andmu_volume.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVolume
{
    public byte* Name;
    public byte* FileSystem;
    public long TotalBytes;
    public long FreeBytes;
}
