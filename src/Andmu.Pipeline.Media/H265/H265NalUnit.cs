namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// The NAL unit header: ITU-T H.265 7.3.1.2.
/// <code>
/// +-+------+------+---+
/// |F| Type | Layer|TID|   F  forbidden_zero_bit    Type  nal_unit_type    Layer  nuh_layer_id    TID  nuh_temporal_id_plus1
/// +-+------+------+---+
///  1   6      6     3
/// </code>
/// </summary>
public static class H265NalUnit
{
    /// <summary>Bytes of the header.</summary>
    internal const int HeaderBytes = 2;

    /// <summary>The type.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    /// <returns><see cref="H265NalUnitType.Unspecified"/> when shorter than a header or damaged (forbidden_zero_bit set).</returns>
    public static H265NalUnitType TypeOf(ReadOnlySpan<byte> nalUnit) =>
        nalUnit.Length < HeaderBytes || (nalUnit[0] & 0x80) != 0 ? H265NalUnitType.Unspecified : (H265NalUnitType)(nalUnit[0] >> 1);

    /// <summary><c>nuh_layer_id</c>, 0 to 63; 0 is the base layer, the one that every decoder decodes.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    /// <returns>0 when the unit is shorter than its header.</returns>
    public static int LayerIdOf(ReadOnlySpan<byte> nalUnit) =>
        nalUnit.Length < HeaderBytes ? 0 : ((nalUnit[0] & 1) << 5) | (nalUnit[1] >> 3);

    /// <summary>A slice of the base layer's picture (VCL types 0 to 31).</summary>
    internal static bool IsSlice(ReadOnlySpan<byte> nalUnit) => (int)TypeOf(nalUnit) < 32 && LayerIdOf(nalUnit) == 0;
}
