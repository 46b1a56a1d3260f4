using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// Which parameter set a NAL unit is: ITU-T H.265 7.3.2.1, 7.3.2.2.1 and 7.3.2.3.1.
/// <code>
/// VPS  40 01 | u(4) vps_video_parameter_set_id ...
/// SPS  42 01 | u(4) | u(3) sub-layers - 1 | u(1) | profile_tier_level | ue sps_seq_parameter_set_id ...
/// PPS  44 01 | ue pps_pic_parameter_set_id | ue pps_seq_parameter_set_id ...
/// </code>
/// </summary>
internal static class H265ParameterSet
{
    /// <summary>The kind, or null for any other unit. Sets of enhancement layers count as others.</summary>
    public static ParameterSetKind? KindOf(ReadOnlySpan<byte> nalUnit)
    {
        if (H265NalUnit.LayerIdOf(nalUnit) != 0)
        {
            return null;
        }

        return H265NalUnit.TypeOf(nalUnit) switch
        {
            H265NalUnitType.VideoParameterSet => ParameterSetKind.Video,
            H265NalUnitType.SequenceParameterSet => ParameterSetKind.Sequence,
            H265NalUnitType.PictureParameterSet => ParameterSetKind.Picture,
            _ => null,
        };
    }

    /// <summary>The id of a parameter set, or -1 when it is cut short or the id out of range.</summary>
    public static int IdOf(ParameterSetKind kind, ReadOnlySpan<byte> nalUnit)
    {
        RbspBitReader reader = new(nalUnit[H265NalUnit.HeaderBytes..]);
        int id = kind switch
        {
            ParameterSetKind.Video => (int)reader.ReadBits(4),
            ParameterSetKind.Sequence => ReadSequenceId(ref reader),
            _ => reader.ReadUe(63),
        };
        return reader.HasFailed ? -1 : id;
    }

    private static int ReadSequenceId(ref RbspBitReader reader)
    {
        reader.SkipBits(4); // sps_video_parameter_set_id
        int subLayers = (int)reader.ReadBits(3) + 1;
        reader.ReadFlag(); // sps_temporal_id_nesting_flag
        H265ProfileTierLevel.Read(ref reader, subLayers);
        return reader.ReadUe(15);
    }
}
