namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// Where a decoder can start: IRAP pictures, types 16 to 23 (ITU-T H.265 3.69 and table 7-1): BLA, IDR, CRA and two reserved.
/// <code>
/// decoding order   CRA  RASL RASL TRAIL      RASL and RADL are output before the CRA. A decoder that starts at the CRA
/// output order     RASL RASL CRA  TRAIL      leaves the RASL out: they refer to pictures before it.
/// </code>
/// </summary>
public static class H265RandomAccess
{
    /// <summary>Whether the unit is a slice of a picture that a decoder can start at.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsRandomAccess(ReadOnlySpan<byte> nalUnit) =>
        H265NalUnit.IsSlice(nalUnit) && (int)H265NalUnit.TypeOf(nalUnit) is >= 16 and <= 23;

    /// <summary>Whether the unit is a slice of a random access skipped leading picture (RASL_N, RASL_R): after a cut to its random access picture
    /// it cannot be decoded. Its decodable sister, RADL, can.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsSkippedLeading(ReadOnlySpan<byte> nalUnit) =>
        H265NalUnit.IsSlice(nalUnit) && H265NalUnit.TypeOf(nalUnit) is H265NalUnitType.RaslN or H265NalUnitType.RaslR;
}
