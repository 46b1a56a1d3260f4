using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H264;

/// <summary>
/// The video usability information up to the timing: ITU-T H.264 E.1.1, semantics in E.2.1.
/// <code>
/// aspect ratio | overscan | video signal | chroma location
/// u(1) timing | [u(32) num_units_in_tick | u(32) time_scale | u(1) fixed_frame_rate_flag]
/// </code>
/// </summary>
internal readonly struct H264Vui
{
    /// <summary>0:0 when unspecified.</summary>
    public SampleAspectRatio SampleAspectRatio { get; private init; }

    /// <summary>Frames a second, or null.</summary>
    public double? FrameRate { get; private init; }

    /// <summary>fixed_frame_rate_flag.</summary>
    public bool IsFrameRateFixed { get; private init; }

    /// <summary>Reads it; gives the default when it is damaged.</summary>
    public static H264Vui Read(ref RbspBitReader reader)
    {
        SampleAspectRatio aspect = SampleAspectRatio.Read(ref reader);
        VideoSignal.Skip(ref reader);
        double? rate = null;
        bool isFixed = false;
        if (reader.ReadFlag())
        {
            uint unitsInTick = reader.ReadBits(32);
            uint timeScale = reader.ReadBits(32);
            isFixed = reader.ReadFlag();

            // A tick is the time of a field, so a frame lasts two.
            rate = unitsInTick > 0 && timeScale > 0 ? timeScale / (2.0 * unitsInTick) : null;
        }

        return reader.HasFailed ? default : new H264Vui { SampleAspectRatio = aspect, FrameRate = rate, IsFrameRateFixed = isFixed };
    }
}
