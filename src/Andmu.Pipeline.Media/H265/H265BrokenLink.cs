using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// A CRA picture after a cut is a broken link: BLA (ITU-T H.265 3.18). A decoder that takes it for a CRA in mid-stream counts its pictures on from those
/// before the cut (8.3.1) and shows them in the wrong order when more than half a cycle of slice_pic_order_cnt_lsb is missing. As BLA it counts anew.
/// <code>
/// sent    CRA TRAIL TRAIL | cut |          CRA RASL RASL TRAIL
/// must be CRA TRAIL TRAIL | cut | BLA_W_RADL          TRAIL
/// </code>
/// </summary>
public static class H265BrokenLink
{
    private const int TypeMask = 0b0111_1110;

    /// <summary>Whether the unit is a slice of a CRA picture.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsCleanRandomAccess(ReadOnlySpan<byte> nalUnit) =>
        H265NalUnit.IsSlice(nalUnit) && H265NalUnit.TypeOf(nalUnit) == H265NalUnitType.Cra;

    /// <summary>
    /// Makes a CRA picture a BLA picture, all its slices: the type in the NAL unit header alone, for the slice headers of both have the same syntax
    /// (7.3.6.1). Its RASL pictures must be left out; RADL pictures may stay.
    /// </summary>
    /// <param name="accessUnit">The picture as Annex B. Changed in place; one that is no CRA picture stays as it is.</param>
    public static void Mark(Span<byte> accessUnit)
    {
        while (StartCode.IndexOf(accessUnit) is >= 0 and int prefix)
        {
            accessUnit = accessUnit[(prefix + StartCode.PrefixLength)..];
            if (IsCleanRandomAccess(accessUnit))
            {
                accessUnit[0] = (byte)((accessUnit[0] & ~TypeMask) | ((int)H265NalUnitType.BlaWithRadl << 1));
            }
        }
    }
}
