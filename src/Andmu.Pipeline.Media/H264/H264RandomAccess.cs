namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// Where a decoder can start: IDR pictures alone (ITU-T H.264 3.69). An I picture with a recovery point SEI, as open GOPs and
/// intra refresh have, is none here: pictures behind it may still refer to what came before it.
/// </summary>
public static class H264RandomAccess
{
    /// <summary>Whether the unit is a slice of a picture that a decoder can start at.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsRandomAccess(ReadOnlySpan<byte> nalUnit) => H264NalUnit.TypeOf(nalUnit) == H264NalUnitType.IdrSlice;
}
