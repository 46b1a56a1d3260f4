namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// The first part of the VUI, the same in both codecs: ITU-T H.264 E.1.1 and ITU-T H.265 E.2.1, table E-1.
/// <code>
/// u(1) | u(8) aspect_ratio_idc | [255: u(16) sar_width | u(16) sar_height]
/// </code>
/// </summary>
internal readonly record struct SampleAspectRatio(int Width, int Height)
{
    private const int ExtendedSar = 255;

    /// <summary>Table E-1, from aspect_ratio_idc 1 on.</summary>
    private static ReadOnlySpan<byte> Widths => [1, 12, 10, 16, 40, 24, 20, 32, 80, 18, 15, 64, 160, 4, 3, 2];

    private static ReadOnlySpan<byte> Heights => [1, 11, 11, 11, 33, 11, 11, 11, 33, 11, 11, 33, 99, 3, 2, 1];

    /// <summary>Reads it; 0:0 when absent, unspecified or reserved.</summary>
    public static SampleAspectRatio Read(ref RbspBitReader reader)
    {
        if (!reader.ReadFlag())
        {
            return default;
        }

        int idc = (int)reader.ReadBits(8);
        if (idc == ExtendedSar)
        {
            return new SampleAspectRatio((int)reader.ReadBits(16), (int)reader.ReadBits(16));
        }

        return idc >= 1 && idc <= Widths.Length ? new SampleAspectRatio(Widths[idc - 1], Heights[idc - 1]) : default;
    }
}
