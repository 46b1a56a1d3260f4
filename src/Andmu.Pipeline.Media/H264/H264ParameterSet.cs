using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// Which parameter set a NAL unit is: ITU-T H.264 7.3.2.1.1 and 7.3.2.2.
/// <code>
/// SPS  67 | profile_idc | constraint flags | level_idc | ue seq_parameter_set_id ...
/// PPS  68 | ue pic_parameter_set_id | ue seq_parameter_set_id ...
/// </code>
/// </summary>
internal static class H264ParameterSet
{
    /// <summary>The kind, or null for any other unit; subset SPS and SPS extension, of other views and planes, are others.</summary>
    public static ParameterSetKind? KindOf(ReadOnlySpan<byte> nalUnit) => H264NalUnit.TypeOf(nalUnit) switch
    {
        H264NalUnitType.SequenceParameterSet => ParameterSetKind.Sequence,
        H264NalUnitType.PictureParameterSet => ParameterSetKind.Picture,
        _ => null,
    };

    /// <summary>The id of a parameter set, or -1 when it is cut short or the id out of range.</summary>
    public static int IdOf(ParameterSetKind kind, ReadOnlySpan<byte> nalUnit)
    {
        RbspBitReader reader = new(nalUnit[H264NalUnit.HeaderBytes..]);
        if (kind == ParameterSetKind.Sequence)
        {
            reader.SkipBits(3 * 8);
        }

        int id = reader.ReadUe(kind == ParameterSetKind.Sequence ? 31 : 255);
        return reader.HasFailed ? -1 : id;
    }
}
