using System.Runtime.CompilerServices;

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

    private static ReadOnlySpan<byte> Prefix => [0, 0, 1];

    /// <summary>The start code that we write.</summary>
    public static ReadOnlySpan<byte> Bytes => [0, 0, 0, 1];

    /// <summary>
    /// Index of the next start_code_prefix, or -1. The runtime's search compares the first and the last byte of the prefix over whole
    /// vectors and looks closer only where both fit, which in coded video is rare; see AnnexBBenchmarks for what that is worth.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(ReadOnlySpan<byte> data) => data.IndexOf(Prefix);
}
