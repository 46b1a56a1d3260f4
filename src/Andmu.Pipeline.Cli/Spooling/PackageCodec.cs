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
            // H.265's set, types 32 to 34, are H.264's types 0, 2 and 4 and so are no sets there; H.264's are H.265's types 51 or 19 and above 40.
            if (H264NalUnit.TypeOf(nalUnit) is H264NalUnitType.SequenceParameterSet && H264NalUnit.RefIdcOf(nalUnit) > 0)
            {
                return VideoCodec.H264;
            }

            if (H265NalUnit.TypeOf(nalUnit) is H265NalUnitType.VideoParameterSet or H265NalUnitType.SequenceParameterSet)
            {
                return VideoCodec.H265;
            }
        }

        return null;
    }
}
