using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// What a NAL unit tells about access units: ITU-T H.265 7.4.2.4.4.
/// <code>
/// slice  02 01 | u(1) first_slice_segment_in_pic_flag ...
/// </code>
/// Units of enhancement layers belong to the access unit of the base layer's picture before them.
/// </summary>
internal static class H265AccessUnitBoundary
{
    /// <summary>The role of a unit, of which the first three bytes are enough.</summary>
    public static NalUnitRole RoleOf(ReadOnlySpan<byte> nalUnit)
    {
        if (H265NalUnit.LayerIdOf(nalUnit) != 0)
        {
            return NalUnitRole.Other;
        }

        return (int)H265NalUnit.TypeOf(nalUnit) switch
        {
            < 32 => nalUnit.Length > 2 && (nalUnit[2] & 0x80) != 0 ? NalUnitRole.FirstSlice : NalUnitRole.NextSlice,
            (int)H265NalUnitType.AccessUnitDelimiter => NalUnitRole.Delimiter,
            (int)H265NalUnitType.VideoParameterSet or (int)H265NalUnitType.SequenceParameterSet
                or (int)H265NalUnitType.PictureParameterSet
                or (int)H265NalUnitType.PrefixSupplementalEnhancementInformation => NalUnitRole.Opening,
            (>= 41 and <= 44) or (>= 48 and <= 55) => NalUnitRole.Opening, // reserved and unspecified, to stand before the slices
            _ => NalUnitRole.Other,
        };
    }
}
