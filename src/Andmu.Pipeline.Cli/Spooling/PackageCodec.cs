using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>A journal does not say what its video is: its parameter sets do.</summary>
internal static class PackageCodec
{
    /// <summary>The codec, or null when there is no parameter set in the package.</summary>
    public static VideoCodec? Of(ReadOnlySpan<byte> annexB)
    {
        var reader = new AnnexBReader(annexB);
        while (reader.TryRead(out ReadOnlySpan<byte> nalUnit))
        {
            // The first byte tells: with type 7, H.265 sees a layer of 32 or above; with layer 0, H.264 sees an even type.
            if (H264NalUnit.TypeOf(nalUnit) is H264NalUnitType.SequenceParameterSet && H264NalUnit.RefIdcOf(nalUnit) > 0)
            {
                return VideoCodec.H264;
            }

            if (H265NalUnit.TypeOf(nalUnit) is H265NalUnitType.VideoParameterSet or H265NalUnitType.SequenceParameterSet
                && H265NalUnit.LayerIdOf(nalUnit) == 0)
            {
                return VideoCodec.H265;
            }
        }

        return null;
    }
}
