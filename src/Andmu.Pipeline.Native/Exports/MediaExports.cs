using System.Runtime.InteropServices;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>The functions of include/andmu.h under "Media".</summary>
internal static unsafe class MediaExports
{
    private const uint SilenceFlag = 0x1;

    [UnmanagedCallersOnly(EntryPoint = "andmu_push_video")]
    private static NativeResult PushVideo(nint device, byte* data, nuint size, long microseconds, uint flags) =>
        Guard.With(device, new Pushed(data, size, microseconds, flags), static (it, pushed) =>
            pushed.Flags != 0 || !pushed.HasData ? NativeResult.Invalid : it.Video.Push(pushed.Data, pushed.Microseconds));

    [UnmanagedCallersOnly(EntryPoint = "andmu_push_audio")]
    private static NativeResult PushAudio(nint device, byte* data, nuint size, long microseconds, uint flags) =>
        Guard.With(device, new Pushed(data, size, microseconds, flags), static (it, pushed) => pushed.Flags switch
        {
            0 when pushed.HasData => it.Audio.Push(pushed.Data, pushed.Microseconds),
            SilenceFlag when pushed.IsSize => it.Audio.PushSilence(pushed.Length, pushed.Microseconds),
            _ => NativeResult.Invalid,
        });

    [UnmanagedCallersOnly(EntryPoint = "andmu_push_picture")]
    private static NativeResult PushPicture(nint device, ulong id, byte* jpeg, nuint size) =>
        Guard.With(device, (id, Jpeg: new Pushed(jpeg, size, 0, 0)), static (it, pushed) =>
            pushed.Jpeg.IsNothing ? it.Pictures.Push(pushed.id, default)
            : pushed.Jpeg.HasData ? it.Pictures.Push(pushed.id, pushed.Jpeg.Data)
            : NativeResult.Invalid);

    [UnmanagedCallersOnly(EntryPoint = "andmu_report_event")]
    private static NativeResult ReportEvent(nint device, int type, int started, long unixMs) =>
        Guard.With(device, (type, started, unixMs), static (it, told) => told.type is not (1 or 2 or 3 or 5)
            ? NativeResult.Invalid
            : it.ReportEvent(told.type, told.started != 0, told.unixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(told.unixMs)));

    /// <summary>What was handed over.</summary>
    private readonly struct Pushed(byte* data, nuint size, long microseconds, uint flags)
    {
        private readonly byte* _data = data;
        private readonly nuint _size = size;

        public long Microseconds => microseconds;

        public uint Flags => flags;

        public bool IsSize => _size is > 0 and <= int.MaxValue;

        public bool HasData => _data is not null && IsSize;

        public bool IsNothing => _data is null && _size == 0;

        public int Length => (int)_size;

        public ReadOnlySpan<byte> Data => new(_data, Length);
    }
}
