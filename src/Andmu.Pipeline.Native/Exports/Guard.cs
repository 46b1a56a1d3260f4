using Andmu.Pipeline.Native.Bridges;
using Andmu.Pipeline.Native.Diagnostics;
using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>What every exported function does: finds the device, and lets no exception out.</summary>
internal static class Guard
{
    /// <summary>The devices of this process.</summary>
    public static HandleTable<NativeDevice> Devices { get; } = new();

    /// <summary>Does something with a device.</summary>
    /// <typeparam name="T">The arguments: a value, so that nothing is allocated for them.</typeparam>
    public static NativeResult With<T>(nint handle, in T arguments, Func<NativeDevice, T, NativeResult> action)
        where T : struct
    {
        if (ForkMark.IsChild)
        {
            return NativeResult.Forked; // and not another step: memory is not taken either
        }

        try
        {
            NativeResult result = Devices.Find(handle) is { } device ? action(device, arguments) : NativeResult.Handle;
            return result >= 0 ? result : LastError.Set(result);
        }
#pragma warning disable CA1031 // it must not reach C, whatever it is
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Fail(error);
        }
    }

    /// <summary>As <see cref="With{T}"/>, for what must not be called in a callback.</summary>
    public static NativeResult Outside<T>(nint handle, in T arguments, Func<NativeDevice, T, NativeResult> action)
        where T : struct => CallbackGate.IsInCallback ? LastError.Set(NativeResult.Callback) : With(handle, arguments, action);

    /// <summary>Does something without a device.</summary>
    public static NativeResult Do<T>(in T arguments, Func<T, NativeResult> action)
        where T : struct
    {
        if (ForkMark.IsChild)
        {
            return NativeResult.Forked;
        }

        try
        {
            NativeResult result = action(arguments);
            return result >= 0 ? result : LastError.Set(result);
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Fail(error);
        }
    }

    private static NativeResult Fail(Exception error)
    {
        NativeResult result = ErrorMap.Of(error);
        if (result == NativeResult.Internal)
        {
            NativeLog.Write(Microsoft.Extensions.Logging.LogLevel.Error, nameof(Guard), "An exported function failed.", error);
        }

        return LastError.Set(result, error.Message);
    }
}
