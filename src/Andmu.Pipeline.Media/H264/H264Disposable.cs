namespace Andmu.Pipeline.Media.H264;

/// <summary>Pictures that no other picture refers to: <c>nal_ref_idc</c> 0 (ITU-T H.264 7.4.1).</summary>
public static class H264Disposable
{
    /// <summary>Whether the unit is a slice of a picture that can be left out while what follows still decodes.</summary>
    /// <param name="nalUnit">A NAL unit with its header.</param>
    public static bool IsDisposable(ReadOnlySpan<byte> nalUnit) => H264NalUnit.IsSlice(nalUnit) && H264NalUnit.RefIdcOf(nalUnit) == 0;
}
