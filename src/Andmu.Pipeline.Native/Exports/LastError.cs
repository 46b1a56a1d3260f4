using System.Runtime.InteropServices;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Exports;

/// <summary>What went wrong in the last call of a thread that failed, for andmu_last_error.</summary>
/// <remarks>The text lies in memory of the thread's, which a finalizer frees after its end.</remarks>
internal static unsafe class LastError
{
    private static readonly byte* Empty = NativeText.Immortal("");

    [ThreadStatic]
    private static Text? _text;

    public static byte* Current => _text is { } last ? last.Address : Empty;

    /// <summary>Notes why a call fails.</summary>
    /// <returns>The result that was given.</returns>
    public static NativeResult Set(NativeResult result, string message)
    {
        _text = new Text(message);
        return result;
    }

    /// <summary>Notes that a call fails for the reason that its result says. Allocates once a thread and reason, for calls that fail often.</summary>
    /// <returns>The result that was given.</returns>
    public static NativeResult Set(NativeResult result)
    {
        if (_text?.Of != result)
        {
            _text = new Text(ErrorText.Of(result)) { Of = result };
        }

        return result;
    }

    private sealed class Text(string message)
    {
        public byte* Address { get; } = NativeText.Immortal(message);

        public NativeResult? Of { get; init; }

        ~Text() => Marshal.FreeCoTaskMem((nint)Address);
    }
}
