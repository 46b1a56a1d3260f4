using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// The part of a sequence parameter set that only the high profiles have: ITU-T H.264 7.3.2.1.1.
/// <code>
/// ue chroma_format_idc | [3: separate_colour_plane_flag] | ue luma depth - 8 | ue chroma depth - 8 | lossless flag | scaling lists
/// </code>
/// </summary>
internal readonly struct H264SampleFormat
{
    /// <summary>0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public required int ChromaFormatIdc { get; init; }

    /// <summary>Bits a luma sample.</summary>
    public required int BitDepthLuma { get; init; }

    /// <summary>Bits a chroma sample.</summary>
    public required int BitDepthChroma { get; init; }

    /// <summary>CropUnitX (7-19, 7-21). Separate colour planes of 4:4:4 crop as monochrome does: by 1, which is 4:4:4's unit too.</summary>
    public int CropUnitX => ChromaFormatIdc is 1 or 2 ? 2 : 1;

    /// <summary>CropUnitY of a frame without fields (7-20, 7-22).</summary>
    public int CropUnitY => ChromaFormatIdc == 1 ? 2 : 1;

    /// <summary>Reads it, or gives 4:2:0 of 8 bits for the profiles that do not have it.</summary>
    public static H264SampleFormat Read(ref RbspBitReader reader, int profile)
    {
        if (profile is not (100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135))
        {
            return new H264SampleFormat { ChromaFormatIdc = 1, BitDepthLuma = 8, BitDepthChroma = 8 };
        }

        int chroma = reader.ReadUe(3);
        if (chroma == 3)
        {
            reader.ReadFlag(); // separate_colour_plane_flag
        }

        int luma = 8 + reader.ReadUe(6);
        int chromaDepth = 8 + reader.ReadUe(6);
        reader.ReadFlag(); // qpprime_y_zero_transform_bypass_flag
        if (reader.ReadFlag())
        {
            SkipScalingLists(ref reader, chroma == 3 ? 12 : 8);
        }

        return new H264SampleFormat { ChromaFormatIdc = chroma, BitDepthLuma = luma, BitDepthChroma = chromaDepth };
    }

    private static void SkipScalingLists(ref RbspBitReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (reader.ReadFlag())
            {
                SkipScalingList(ref reader, i < 6 ? 16 : 64);
            }
        }
    }

    /// <summary>ITU-T H.264 7.3.2.1.1.1: the list ends early when a scale becomes 0.</summary>
    private static void SkipScalingList(ref RbspBitReader reader, int size)
    {
        int scale = 8;
        for (int i = 0; i < size && scale != 0; i++)
        {
            // nextScale = (lastScale + delta_scale + 256) % 256, which is what the cast does.
            scale = (byte)(scale + reader.ReadSe());
        }
    }
}
