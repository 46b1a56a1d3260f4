using System.Runtime.InteropServices;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Native.Bridges;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>The functions of include/andmu.h under "Answers and reports".</summary>
internal static unsafe class AnswerExports
{
    private const uint MaxNetworks = 256;
    private const uint MaxVolumes = 64;

    [UnmanagedCallersOnly(EntryPoint = "andmu_answer")]
    private static NativeResult Answer(nint device, ulong command, NativeResult result) =>
        Guard.With(device, (command, result), static (it, told) => it.Commands.Answer(told.command, told.result));

    [UnmanagedCallersOnly(EntryPoint = "andmu_answer_wifi")]
    private static NativeResult AnswerWifi(nint device, ulong command, NativeWifi* networks, uint count) =>
        Guard.With(device, (command, Networks: (nint)networks, count), static (it, told) => !IsArray(told.Networks, told.count, MaxNetworks)
            ? NativeResult.Invalid
            : it.Commands.Answer(told.command, AnswerKind.Wifi, new WifiList(Read((NativeWifi*)told.Networks, (int)told.count))));

    [UnmanagedCallersOnly(EntryPoint = "andmu_answer_card")]
    private static NativeResult AnswerCard(nint device, ulong command, NativeVolume* volumes, uint count) =>
        Guard.With(device, (command, Volumes: (nint)volumes, count), static (it, told) => !IsArray(told.Volumes, told.count, MaxVolumes)
            ? NativeResult.Invalid
            : it.Commands.Answer(told.command, AnswerKind.Card, new SdCardInfo(Read((NativeVolume*)told.Volumes, (int)told.count))));

    [UnmanagedCallersOnly(EntryPoint = "andmu_answer_ptz")]
    private static NativeResult AnswerPtz(nint device, ulong command, int pan, int tilt) =>
        Guard.With(device, (command, pan, tilt), static (it, told) =>
            Math.Abs((long)told.pan) > PtzPosition.Limit || Math.Abs((long)told.tilt) > PtzPosition.Limit
                ? NativeResult.Invalid
                : it.Commands.Answer(told.command, AnswerKind.Ptz, new PtzPosition(told.pan, told.tilt)));

    [UnmanagedCallersOnly(EntryPoint = "andmu_set_power")]
    private static NativeResult SetPower(nint device, int on) => Guard.With(device, on, static (it, on) => it.SetPower(on != 0));

    [UnmanagedCallersOnly(EntryPoint = "andmu_set_microphone")]
    private static NativeResult SetMicrophone(nint device, int on) => Guard.With(device, on, static (it, on) => it.SetMicrophone(on != 0));

    [UnmanagedCallersOnly(EntryPoint = "andmu_report_wifi")]
    private static NativeResult ReportWifi(nint device, byte* ssid) => Guard.With(device, (nint)ssid, static (it, ssid) =>
        it.Report(new CameraStatusUpdate { WifiSsid = NativeText.Require((byte*)ssid, "ssid") }));

    [UnmanagedCallersOnly(EntryPoint = "andmu_report_card")]
    private static NativeResult ReportCard(nint device, int status) => Guard.With(device, status, static (it, status) =>
        Enum.IsDefined((SdCardStatus)status) ? it.Report(new CameraStatusUpdate { SdCardStatus = (SdCardStatus)status }) : NativeResult.Invalid);

    [UnmanagedCallersOnly(EntryPoint = "andmu_cancel_firmware")]
    private static NativeResult CancelFirmware(nint device) => Guard.With(device, 0, static (it, _) => it.CancelFirmware());

    [UnmanagedCallersOnly(EntryPoint = "andmu_get_stats")]
    private static NativeResult GetStats(nint device, NativeStats* stats) => Guard.With(device, (nint)stats, static (it, memory) =>
    {
        uint size = memory == 0 ? 0 : *(uint*)memory;
        if (size < sizeof(uint))
        {
            return NativeResult.Invalid;
        }

        NativeStats read = it.Statistics();
        read.StructSize = Math.Min(size, read.StructSize); // an older program's is shorter; a newer one's is told how much of it is meant
        new ReadOnlySpan<byte>(&read, (int)read.StructSize).CopyTo(new Span<byte>((void*)memory, (int)read.StructSize));
        return NativeResult.Ok;
    });

    private static bool IsArray(nint items, uint count, uint max) => count <= max && (items != 0 || count == 0);

    private static List<WifiNetwork> Read(NativeWifi* networks, int count)
    {
        var read = new List<WifiNetwork>(count);
        for (int i = 0; i < count; i++)
        {
            NativeWifi it = networks[i];
            read.Add(new WifiNetwork(
                NativeText.Require(it.Ssid, "ssid"), NativeText.Read(it.Bssid, "bssid") ?? "", NativeText.Read(it.Encryption, "encryption") ?? "",
                it.Signal, it.Connected != 0));
        }

        return read;
    }

    private static List<CardVolume> Read(NativeVolume* volumes, int count)
    {
        var read = new List<CardVolume>(count);
        for (int i = 0; i < count; i++)
        {
            NativeVolume it = volumes[i];
            read.Add(new CardVolume(
                NativeText.Require(it.Name, "name"), NativeText.Read(it.FileSystem, "file_system") ?? "", it.TotalBytes, it.FreeBytes));
        }

        return read;
    }
}
