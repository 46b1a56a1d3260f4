using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// The byte stream format: ITU-T H.264 annex B and ITU-T H.265 annex B, which say the same.
/// <code>
/// leading_zero_8bits   zero_byte  start_code_prefix  NAL unit        trailing_zero_8bits
/// 00 00 ...            [00]       00 00 01           67 64 00 ...    00 00 ...
/// </code>
/// The zero_byte is there before parameter sets and the first unit of an access unit. A NAL unit holds no 00 00 00, 00 00 01 or
/// 00 00 02 and does not end in 00, so zeros before a prefix never belong to the unit before it.
/// </summary>
internal static class StartCode
{
    /// <summary>Bytes of a start code with its zero_byte, the form that we write.</summary>
    public const int Length = 4;

    /// <summary>Bytes of the start_code_prefix alone.</summary>
    public const int PrefixLength = 3;

    private const int StrideBytes = 64;

    private static ReadOnlySpan<byte> Prefix => [0, 0, 1];

    /// <summary>The start code that we write.</summary>
    public static ReadOnlySpan<byte> Bytes => [0, 0, 0, 1];

    /// <summary>
    /// Index of the next start_code_prefix, or -1. Coded video rarely has two zeros in a row, so that is what is looked for, 64 bytes at a time: a byte and
    /// the one behind it, or-ed, give zero only then. What is left at the end goes to the runtime's search, which compiled ahead of time has the
    /// vectors of the oldest processor and looks at 16 bytes at a time; see AnnexBScanBenchmarks.
    /// </summary>
    public static int IndexOf(ReadOnlySpan<byte> data)
    {
        int from = SkipWithoutTwoZeros(data);
        while (true)
        {
            ReadOnlySpan<byte> near = data[from..Math.Min(data.Length, from + StrideBytes + PrefixLength - 1)];
            int found = near.IndexOf(Prefix);
            if (found >= 0)
            {
                return from + found;
            }

            if (data.Length - from <= StrideBytes + PrefixLength - 1)
            {
                return -1;
            }

            from += StrideBytes;
            from += SkipWithoutTwoZeros(data[from..]);
        }
    }

    /// <summary>How many bytes can be passed over, in whole strides.</summary>
    private static int SkipWithoutTwoZeros(ReadOnlySpan<byte> data)
    {
        int at = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte first = ref MemoryMarshal.GetReference(data);
            for (; at + StrideBytes < data.Length; at += StrideBytes)
            {
                ref byte here = ref Unsafe.Add(ref first, at);
                Vector128<byte> zeros = Vector128.Min(
                    Vector128.Min(Pairs(ref here, 0), Pairs(ref here, 16)),
                    Vector128.Min(Pairs(ref here, 32), Pairs(ref here, 48)));
                if (Vector128.EqualsAny(zeros, Vector128<byte>.Zero))
                {
                    break;
                }
            }
        }

        return at;
    }

    /// <summary>Zero where a byte and the one behind it are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Pairs(ref byte start, nuint at) => Vector128.LoadUnsafe(ref start, at) | Vector128.LoadUnsafe(ref start, at + 1);
}
