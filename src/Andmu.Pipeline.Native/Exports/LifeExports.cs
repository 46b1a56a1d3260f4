using System.Runtime.InteropServices;
using Andmu.Pipeline.Native.Bridges;
using Andmu.Pipeline.Native.Configuration;
using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>The functions of include/andmu.h under "The life of a device".</summary>
internal static unsafe class LifeExports
{
    [UnmanagedCallersOnly(EntryPoint = "andmu_create")]
    private static NativeResult Create(void* config, nint* device)
    {
        if (device is not null)
        {
            *device = 0;
        }

        return Guard.Do((Config: (nint)config, Device: (nint)device), static it => Make((void*)it.Config, (nint*)it.Device));
    }

    [UnmanagedCallersOnly(EntryPoint = "andmu_start")]
    private static NativeResult Start(nint device) => Guard.With(device, 0, static (it, _) => it.Start());

    [UnmanagedCallersOnly(EntryPoint = "andmu_bind")]
    private static NativeResult Bind(nint device, byte* mobile, byte* token, int encrypted) =>
        Guard.With(device, (Mobile: (nint)mobile, Token: (nint)token, encrypted), static (it, user) => it.Bind(
            NativeText.Require((byte*)user.Mobile, "user_mobile"), NativeText.Require((byte*)user.Token, "user_token"), user.encrypted != 0));

    [UnmanagedCallersOnly(EntryPoint = "andmu_drain")]
    private static NativeResult Drain(nint device, int timeoutMs) =>
        Guard.Outside(device, timeoutMs, static (it, limit) => limit < 0 ? NativeResult.Invalid : it.Drain(limit));

    [UnmanagedCallersOnly(EntryPoint = "andmu_stop")]
    private static NativeResult Stop(nint device) => Guard.Outside(device, 0, static (it, _) => it.Stop());

    [UnmanagedCallersOnly(EntryPoint = "andmu_destroy")]
    private static NativeResult Destroy(nint device) => Guard.Do(device, static handle =>
    {
        if (CallbackGate.IsInCallback)
        {
            return NativeResult.Callback;
        }

        if (Guard.Devices.Remove(handle) is not { } removed)
        {
            return NativeResult.Handle;
        }

        removed.Dispose();
        return NativeResult.Ok;
    });

    private static NativeResult Make(void* memory, nint* device)
    {
        if (device is null)
        {
            return NativeResult.Invalid;
        }

        NativeResult result = ConfigMemory.Read(memory, out NativeConfig config);
        if (result != NativeResult.Ok)
        {
            return result;
        }

        if (!OpenSsl.IsThere)
        {
            return NativeResult.NoTls;
        }

        var made = new NativeDevice(config);
        *device = Guard.Devices.Add(made);
        if (*device == 0)
        {
            made.Dispose();
            return NativeResult.Limit;
        }

        return NativeResult.Ok;
    }
}
