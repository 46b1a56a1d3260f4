namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// The NAL unit header: ITU-T H.264 7.3.1.
/// <code>
/// +-+---+-----+
/// |F|NRI|Type |   F  forbidden_zero_bit    NRI  nal_ref_idc    Type  nal_unit_type
/// +-+---+-----+
///  1  2    5
/// </code>
/// </summary>
public static class H264NalUnit
{
    /// <summary>Bytes of the header.</summary>
    internal const int HeaderBytes = 1;

    /// <summary>The type.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    /// <returns><see cref="H264NalUnitType.Unspecified"/> when the unit is empty or damaged (forbidden_zero_bit set).</returns>
    public static H264NalUnitType TypeOf(ReadOnlySpan<byte> nalUnit) =>
        nalUnit.IsEmpty || (nalUnit[0] & 0x80) != 0 ? H264NalUnitType.Unspecified : (H264NalUnitType)(nalUnit[0] & 0x1F);

    /// <summary><c>nal_ref_idc</c>, 0 to 3; 0 says that no other picture refers to this one.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    /// <returns>0 when the unit is empty.</returns>
    public static int RefIdcOf(ReadOnlySpan<byte> nalUnit) => nalUnit.IsEmpty ? 0 : (nalUnit[0] >> 5) & 0x3;

    /// <summary>A slice of the primary coded picture of the base view and layer (VCL types 1 to 5).</summary>
    internal static bool IsSlice(ReadOnlySpan<byte> nalUnit) =>
        TypeOf(nalUnit) is >= H264NalUnitType.Slice and <= H264NalUnitType.IdrSlice;
}
