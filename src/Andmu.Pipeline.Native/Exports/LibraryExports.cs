using System.Reflection;
using System.Runtime.InteropServices;
using Andmu.Pipeline.Native.Configuration;
using Andmu.Pipeline.Native.Diagnostics;
using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>The functions of include/andmu.h under "The library", and andmu_config_init_abi.</summary>
internal static unsafe class LibraryExports
{
    private const int DebugLevel = 4;

    private static readonly byte* VersionText = NativeText.Immortal(ReadVersion());
    private static readonly Dictionary<NativeResult, nint> Texts =
        Enum.GetValues<NativeResult>().ToDictionary(static result => result, static result => (nint)NativeText.Immortal(ErrorText.Of(result)));

    private static readonly byte* UnknownText = NativeText.Immortal(ErrorText.Of((NativeResult)int.MinValue));

    [UnmanagedCallersOnly(EntryPoint = "andmu_version")]
    private static byte* Version() => VersionText;

    [UnmanagedCallersOnly(EntryPoint = "andmu_abi_version")]
    private static uint AbiVersion() => ConfigMemory.AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "andmu_strerror")]
    private static byte* StrError(NativeResult code) => Texts.TryGetValue(code, out nint text) ? (byte*)text : UnknownText;

    [UnmanagedCallersOnly(EntryPoint = "andmu_last_error")]
    private static byte* LastErrorText() => LastError.Current;

    [UnmanagedCallersOnly(EntryPoint = "andmu_set_log")]
    private static NativeResult SetLog(int level, delegate* unmanaged<void*, int, byte*, byte*, void> log, void* user) =>
        Guard.Do((Level: level, Log: (nint)log, User: (nint)user), static it =>
        {
            if (CallbackGate.IsInCallback)
            {
                return NativeResult.Callback;
            }

            if (it.Level is < 0 or > DebugLevel)
            {
                return NativeResult.Invalid;
            }

            NativeLog.Set(it.Level, (delegate* unmanaged<void*, int, byte*, byte*, void>)it.Log, (void*)it.User);
            return NativeResult.Ok;
        });

    [UnmanagedCallersOnly(EntryPoint = "andmu_config_init_abi")]
    private static NativeResult ConfigInit(void* config, uint size, uint abiVersion) =>
        Guard.Do((Config: (nint)config, size, abiVersion), static it => ConfigMemory.Initialise((void*)it.Config, it.size, it.abiVersion));

    private static string ReadVersion()
    {
        string version = typeof(LibraryExports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        return version.Split('+')[0]; // behind it the source revision
    }
}
