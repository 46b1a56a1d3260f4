namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// Pictures that no other picture of the same temporal sub-layer refers to: the even types below 16 (ITU-T H.265 table 7-1,
/// sub-layer non-reference pictures). One may be left out while what follows still decodes if it is of the highest sub-layer,
/// which it is in a stream of one sub-layer.
/// </summary>
public static class H265Disposable
{
    /// <summary>Whether the unit is a slice of a sub-layer non-reference picture.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsDisposable(ReadOnlySpan<byte> nalUnit)
    {
        int type = (int)H265NalUnit.TypeOf(nalUnit);
        return type < 16 && (type & 1) == 0 && H265NalUnit.LayerIdOf(nalUnit) == 0;
    }
}
