using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>What a key frame means for the GOP before it.</summary>
internal static class RandomAccess
{
    /// <summary>
    /// Whether everything that follows is shown after the key frame: always with an IDR picture; after a CRA or BLA picture of H.265,
    /// leading pictures may come that are shown before it (ITU-T H.265 8.1.1).
    /// </summary>
    public static bool ClosesGop(VideoCodec codec, ReadOnlySpan<byte> accessUnit)
    {
        if (codec == VideoCodec.H264)
        {
            return true;
        }

        var reader = new AnnexBReader(accessUnit);
        while (reader.TryRead(out ReadOnlySpan<byte> nalUnit))
        {
            // Types below 32 are slices.
            if ((int)H265NalUnit.TypeOf(nalUnit) < 32)
            {
                return (int)H265NalUnit.TypeOf(nalUnit) is 19 or 20;
            }
        }

        return true;
    }
}
