using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// What a sequence parameter set says of its pictures: ITU-T H.264 7.3.2.1.1, semantics in 7.4.2.1.1.
/// <code>
/// 67 | profile_idc | constraint flags | level_idc | ue seq_parameter_set_id | [high profiles: chroma, bit depth, scaling]
///    |  picture order | reference frames | ue width in macroblocks - 1 | ue height - 1 | cropping | VUI
/// </code>
/// </summary>
public sealed record H264SequenceParameterSet
{
    private H264SequenceParameterSet()
    {
    }

    /// <summary><c>seq_parameter_set_id</c>, 0 to 31.</summary>
    public int Id { get; private init; }

    /// <summary><c>profile_idc</c>: 66 Baseline, 77 Main, 100 High (annex A).</summary>
    public int ProfileIdc { get; private init; }

    /// <summary>The byte behind profile_idc, constraint_set0_flag in the highest bit; avcC's profile_compatibility.</summary>
    public byte ConstraintFlags { get; private init; }

    /// <summary><c>level_idc</c>, ten times the level: 31 is level 3.1 (annex A).</summary>
    public int LevelIdc { get; private init; }

    /// <summary><c>chroma_format_idc</c>: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public int ChromaFormatIdc { get; private init; }

    /// <summary>Bits a luma sample, 8 to 14.</summary>
    public int BitDepthLuma { get; private init; }

    /// <summary>Bits a chroma sample, 8 to 14.</summary>
    public int BitDepthChroma { get; private init; }

    /// <summary>Width in luma samples after cropping, 1 to 65535.</summary>
    public int Width { get; private init; }

    /// <summary>Height of a frame in luma samples after cropping, 1 to 65535.</summary>
    public int Height { get; private init; }

    /// <summary>Frames a second by the VUI timing (E.2.1), or null when it says nothing.</summary>
    public double? FrameRate { get; private init; }

    /// <summary><c>fixed_frame_rate_flag</c>: the frames are evenly spaced.</summary>
    public bool IsFrameRateFixed { get; private init; }

    /// <summary>Horizontal part of the sample aspect ratio, 0 when unspecified.</summary>
    public int SarWidth { get; private init; }

    /// <summary>Vertical part of the sample aspect ratio, 0 when unspecified.</summary>
    public int SarHeight { get; private init; }

    /// <summary>
    /// Reads a sequence parameter set. A damaged VUI at its end costs the frame rate and the aspect ratio only: cameras are known to get
    /// it wrong, and decoders do without it.
    /// </summary>
    /// <param name="nalUnit">The NAL unit with its header, emulation prevention included.</param>
    /// <param name="sps">What it says.</param>
    /// <returns>False when it is no SPS, cut short, or a value is out of its range. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> nalUnit, [NotNullWhen(true)] out H264SequenceParameterSet? sps)
    {
        sps = H264NalUnit.TypeOf(nalUnit) == H264NalUnitType.SequenceParameterSet ? Parse(nalUnit[H264NalUnit.HeaderBytes..]) : null;
        return sps is not null;
    }

    private static H264SequenceParameterSet? Parse(ReadOnlySpan<byte> payload)
    {
        RbspBitReader reader = new(payload);
        int profile = (int)reader.ReadBits(8);
        byte constraints = (byte)reader.ReadBits(8);
        int level = (int)reader.ReadBits(8);
        int id = reader.ReadUe(31);
        H264SampleFormat samples = H264SampleFormat.Read(ref reader, profile);
        SkipPictureOrder(ref reader);
        (int width, int height) = ReadSize(ref reader, samples);
        if (reader.HasFailed)
        {
            return null;
        }

        H264Vui vui = reader.ReadFlag() ? H264Vui.Read(ref reader) : default;
        return new H264SequenceParameterSet
        {
            Id = id,
            ProfileIdc = profile,
            ConstraintFlags = constraints,
            LevelIdc = level,
            ChromaFormatIdc = samples.ChromaFormatIdc,
            BitDepthLuma = samples.BitDepthLuma,
            BitDepthChroma = samples.BitDepthChroma,
            Width = width,
            Height = height,
            FrameRate = vui.FrameRate,
            IsFrameRateFixed = vui.IsFrameRateFixed,
            SarWidth = vui.SampleAspectRatio.Width,
            SarHeight = vui.SampleAspectRatio.Height,
        };
    }

    private static void SkipPictureOrder(ref RbspBitReader reader)
    {
        reader.ReadUe(12); // log2_max_frame_num_minus4
        switch (reader.ReadUe(2)) // pic_order_cnt_type
        {
            case 0:
                reader.ReadUe(12); // log2_max_pic_order_cnt_lsb_minus4
                break;
            case 1:
                reader.ReadFlag(); // delta_pic_order_always_zero_flag
                reader.ReadSe(); // offset_for_non_ref_pic
                reader.ReadSe(); // offset_for_top_to_bottom_field
                for (int left = reader.ReadUe(255); left > 0; left--) // num_ref_frames_in_pic_order_cnt_cycle
                {
                    reader.ReadSe();
                }

                break;
            default:
                break;
        }

        reader.ReadUe(); // max_num_ref_frames
        reader.ReadFlag(); // gaps_in_frame_num_value_allowed_flag
    }

    private static (int Width, int Height) ReadSize(ref RbspBitReader reader, H264SampleFormat samples)
    {
        const int macroblock = 16;
        int width = (reader.ReadUe(PictureSize.MaxSide / macroblock) + 1) * macroblock;
        int mapUnits = reader.ReadUe(PictureSize.MaxSide / macroblock) + 1;
        bool framesOnly = reader.ReadFlag();
        int fields = framesOnly ? 1 : 2; // 2 - frame_mbs_only_flag
        if (!framesOnly)
        {
            reader.ReadFlag(); // mb_adaptive_frame_field_flag
        }

        reader.ReadFlag(); // direct_8x8_inference_flag
        return PictureSize.ReadCropped(ref reader, width, mapUnits * macroblock * fields, samples.CropUnitX, samples.CropUnitY * fields);
    }
}
