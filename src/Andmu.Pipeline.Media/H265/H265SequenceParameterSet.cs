using System.Diagnostics.CodeAnalysis;
using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// What a sequence parameter set says of its pictures: ITU-T H.265 7.3.2.2.1, semantics in 7.4.3.2.1.
/// <code>
/// 42 01 | u(4) VPS id | u(3) sub-layers - 1 | u(1) nesting | profile_tier_level | ue id | ue chroma | ue width | ue height
///       | window | ue luma depth - 8 | ue chroma depth - 8 | block sizes, tools, reference picture sets | VUI
/// </code>
/// </summary>
public sealed record H265SequenceParameterSet
{
    private H265SequenceParameterSet()
    {
    }

    /// <summary><c>sps_seq_parameter_set_id</c>, 0 to 15.</summary>
    public int Id { get; private init; }

    /// <summary><c>general_profile_space</c>, 0 to 3; 0 for all streams that keep to the standard.</summary>
    public int GeneralProfileSpace { get; private init; }

    /// <summary><c>general_tier_flag</c>: false Main tier, true High tier.</summary>
    public bool GeneralTierFlag { get; private init; }

    /// <summary><c>general_profile_idc</c>: 1 Main, 2 Main 10 (annex A).</summary>
    public int GeneralProfileIdc { get; private init; }

    /// <summary><c>general_profile_compatibility_flag[0..31]</c>, flag 0 in the highest bit, as in hvcC.</summary>
    public uint GeneralProfileCompatibilityFlags { get; private init; }

    /// <summary>The 48 bits from general_progressive_source_flag on, which is the highest of them, as in hvcC.</summary>
    public ulong GeneralConstraintIndicatorFlags { get; private init; }

    /// <summary><c>general_level_idc</c>, thirty times the level: 93 is level 3.1.</summary>
    public int GeneralLevelIdc { get; private init; }

    /// <summary>Temporal sub-layers, 1 to 7.</summary>
    public int NumTemporalLayers { get; private init; }

    /// <summary><c>sps_temporal_id_nesting_flag</c>.</summary>
    public bool TemporalIdNested { get; private init; }

    /// <summary><c>chroma_format_idc</c>: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public int ChromaFormatIdc { get; private init; }

    /// <summary>Bits a luma sample, 8 to 16.</summary>
    public int BitDepthLuma { get; private init; }

    /// <summary>Bits a chroma sample, 8 to 16.</summary>
    public int BitDepthChroma { get; private init; }

    /// <summary>Width in luma samples inside the conformance window, 1 to 65535.</summary>
    public int Width { get; private init; }

    /// <summary>Height in luma samples inside the conformance window, 1 to 65535.</summary>
    public int Height { get; private init; }

    /// <summary>Pictures a second by the VUI timing (E.3.1), or null when it says nothing.</summary>
    public double? FrameRate { get; private init; }

    /// <summary>Horizontal part of the sample aspect ratio, 0 when unspecified.</summary>
    public int SarWidth { get; private init; }

    /// <summary>Vertical part of the sample aspect ratio, 0 when unspecified.</summary>
    public int SarHeight { get; private init; }

    /// <summary>
    /// Reads a sequence parameter set of the base layer. Damage behind the bit depths costs the frame rate and the aspect ratio only:
    /// cameras are known to get the VUI wrong, and decoders do without it.
    /// </summary>
    /// <param name="nalUnit">The NAL unit with its header, emulation prevention included.</param>
    /// <param name="sps">What it says.</param>
    /// <returns>False when it is no SPS of the base layer, cut short, or a value is out of its range. Never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> nalUnit, [NotNullWhen(true)] out H265SequenceParameterSet? sps)
    {
        bool isSps = H265NalUnit.TypeOf(nalUnit) == H265NalUnitType.SequenceParameterSet && H265NalUnit.LayerIdOf(nalUnit) == 0;
        sps = isSps ? Parse(nalUnit[H265NalUnit.HeaderBytes..]) : null;
        return sps is not null;
    }

    private static H265SequenceParameterSet? Parse(ReadOnlySpan<byte> payload)
    {
        RbspBitReader reader = new(payload);
        reader.SkipBits(4); // sps_video_parameter_set_id
        int subLayers = (int)reader.ReadBits(3) + 1;
        bool nested = reader.ReadFlag();
        H265ProfileTierLevel general = H265ProfileTierLevel.Read(ref reader, subLayers);
        int id = reader.ReadUe(15);
        int chroma = reader.ReadUe(3);
        if (chroma == 3)
        {
            reader.ReadFlag(); // separate_colour_plane_flag
        }

        // ITU-T H.265 table 6-1: SubWidthC and SubHeightC are the units of the window.
        int codedWidth = reader.ReadUe(PictureSize.MaxSide);
        int codedHeight = reader.ReadUe(PictureSize.MaxSide);
        int unitX = chroma is 1 or 2 ? 2 : 1;
        int unitY = chroma == 1 ? 2 : 1;
        (int width, int height) = PictureSize.ReadCropped(ref reader, codedWidth, codedHeight, unitX, unitY);
        int luma = 8 + reader.ReadUe(8);
        int chromaDepth = 8 + reader.ReadUe(8);
        if (reader.HasFailed)
        {
            return null;
        }

        H265CodingTools.Skip(ref reader, subLayers);
        H265Vui vui = reader.ReadFlag() ? H265Vui.Read(ref reader) : default;
        return new H265SequenceParameterSet
        {
            Id = id,
            GeneralProfileSpace = general.ProfileSpace,
            GeneralTierFlag = general.TierFlag,
            GeneralProfileIdc = general.ProfileIdc,
            GeneralProfileCompatibilityFlags = general.CompatibilityFlags,
            GeneralConstraintIndicatorFlags = general.ConstraintIndicatorFlags,
            GeneralLevelIdc = general.LevelIdc,
            NumTemporalLayers = subLayers,
            TemporalIdNested = nested,
            ChromaFormatIdc = chroma,
            BitDepthLuma = luma,
            BitDepthChroma = chromaDepth,
            Width = width,
            Height = height,
            FrameRate = vui.FrameRate,
            SarWidth = vui.SampleAspectRatio.Width,
            SarHeight = vui.SampleAspectRatio.Height,
        };
    }
}
