using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// What a NAL unit tells about access units: ITU-T H.264 7.4.1.2.3 and 7.4.1.2.4.
/// <code>
/// slice  41 | ue first_mb_in_slice ...      0 is coded as a single 1 bit: the highest of the byte behind the header
/// </code>
/// A slice at macroblock 0 begins a picture. That holds for all but redundant pictures and arbitrary slice order, tools of the Baseline
/// profile for lossy networks that no camera's encoder uses.
/// </summary>
internal static class H264AccessUnitBoundary
{
    /// <summary>The role of a unit, of which the first two bytes are enough.</summary>
    public static NalUnitRole RoleOf(ReadOnlySpan<byte> nalUnit) => H264NalUnit.TypeOf(nalUnit) switch
    {
        H264NalUnitType.Slice or H264NalUnitType.DataPartitionA or H264NalUnitType.IdrSlice =>
            nalUnit.Length > 1 && (nalUnit[1] & 0x80) != 0 ? NalUnitRole.FirstSlice : NalUnitRole.NextSlice,
        H264NalUnitType.DataPartitionB or H264NalUnitType.DataPartitionC => NalUnitRole.NextSlice,
        H264NalUnitType.AccessUnitDelimiter => NalUnitRole.Delimiter,
        H264NalUnitType.SupplementalEnhancementInformation or H264NalUnitType.SequenceParameterSet
            or H264NalUnitType.PictureParameterSet => NalUnitRole.Opening,
        >= H264NalUnitType.Prefix and <= (H264NalUnitType)18 => NalUnitRole.Opening,
        _ => NalUnitRole.Other,
    };
}
