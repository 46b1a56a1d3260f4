using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// The video usability information up to the timing: ITU-T H.265 E.2.1, semantics in E.3.1.
/// <code>
/// aspect ratio | overscan | video signal | chroma location | 3 x u(1) | u(1) display window | [4 x ue]
/// u(1) timing | [u(32) num_units_in_tick | u(32) time_scale]
/// </code>
/// </summary>
internal readonly struct H265Vui
{
    /// <summary>0:0 when unspecified.</summary>
    public SampleAspectRatio SampleAspectRatio { get; private init; }

    /// <summary>Pictures a second, or null.</summary>
    public double? FrameRate { get; private init; }

    /// <summary>Reads it; gives the default when it is damaged.</summary>
    public static H265Vui Read(ref RbspBitReader reader)
    {
        SampleAspectRatio aspect = SampleAspectRatio.Read(ref reader);
        VideoSignal.Skip(ref reader);
        reader.SkipBits(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
        if (reader.ReadFlag())
        {
            for (int i = 0; i < 4; i++)
            {
                reader.ReadUe(); // default display window: a wish of the encoder, not a part of the picture's size
            }
        }

        double? rate = null;
        if (reader.ReadFlag())
        {
            uint unitsInTick = reader.ReadBits(32);
            uint timeScale = reader.ReadBits(32);
            rate = unitsInTick > 0 && timeScale > 0 ? timeScale / (double)unitsInTick : null;
        }

        return reader.HasFailed ? default : new H265Vui { SampleAspectRatio = aspect, FrameRate = rate };
    }
}
