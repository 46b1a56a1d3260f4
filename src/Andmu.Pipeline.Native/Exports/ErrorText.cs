using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>What an andmu_result means.</summary>
internal static class ErrorText
{
    public static string Of(NativeResult result) => result switch
    {
        NativeResult.Ok => "done",
        NativeResult.Pending => "the answer comes later",
        NativeResult.Invalid => "an argument is NULL, out of its range, or not what it should be",
        NativeResult.Handle => "not a device, or destroyed",
        NativeResult.State => "not possible now",
        NativeResult.Again => "no room",
        NativeResult.KeyFrame => "a key frame with its parameter sets is needed",
        NativeResult.Malformed => "not a picture, not sound, or not a JPEG",
        NativeResult.Busy => "another thread is in the same call",
        NativeResult.Callback => "not allowed in a callback",
        NativeResult.Abi => "header and library do not belong together, or the structure was not initialised",
        NativeResult.NoTls => "OpenSSL is not installed: neither libssl.so.3 nor libssl.so.1.1 can be loaded",
        NativeResult.Network => "the platform cannot be reached",
        NativeResult.Peer => "the platform's certificate is not accepted",
        NativeResult.Auth => "the platform does not accept the credentials or the registration",
        NativeResult.Refused => "refused",
        NativeResult.Timeout => "not done in time",
        NativeResult.Unsupported => "not supported",
        NativeResult.Stopped => "the device was stopped",
        NativeResult.Memory => "not enough memory",
        NativeResult.Limit => "too many devices",
        NativeResult.Internal => "a fault of the library",
        NativeResult.Forked => "this process is a child of fork: the library can be used in the parent alone",
        _ => "unknown result",
    };
}
