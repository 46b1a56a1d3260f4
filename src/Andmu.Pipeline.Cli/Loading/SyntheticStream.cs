namespace Andmu.Pipeline.Cli.Loading;

/// <summary>Two GOPs of H.264 that any decoder plays, of the sizes of a camera: what all devices of a load send, over and over. Made once, so that
/// making it is no part of what is measured.</summary>
/// <remarks>
/// Constrained baseline, 1280x720, no residual: the picture stays grey, and what fills it up to its size are macroblocks of noise, as they are (I_PCM, 384
/// bytes each). An IDR picture every 2 s, six times a P picture, whose sizes differ by as much as 30 % (ITU-T H.264 7.3, for each element).
/// </remarks>
internal sealed class SyntheticStream
{
    private const int GopSeconds = 2;
    private const double KeyToPicture = 6;
    private const double Spread = 0.3;
    private const int MacroblocksAcross = 80;
    private const int MacroblocksDown = 45;
    private const int Macroblocks = MacroblocksAcross * MacroblocksDown;
    private const int PcmBytes = 384;             // 256 luma and 2 * 64 chroma samples of 8 bits
    private const int MaxFrameNumBits = 8;        // more than the pictures of a GOP
    private const uint InterPcm = 5 + 25;         // mb_type of I_PCM in a P slice, table 7-13
    private const uint IntraPcm = 25;             // and in an I slice, table 7-11
    private const uint IntraDcWithoutResidual = 3; // I_16x16_2_0_0

    private readonly Random _random;

    /// <param name="framesPerSecond">1 to 60.</param>
    /// <param name="kilobitsPerSecond">On average, at least 100.</param>
    /// <param name="random">Makes sizes and noise.</param>
    public SyntheticStream(int framesPerSecond, int kilobitsPerSecond, Random random)
    {
        _random = random;
        GopLength = framesPerSecond * GopSeconds;
        AccessUnits = new byte[2 * GopLength][];
        double gopBytes = kilobitsPerSecond * 1000.0 / 8 * GopSeconds;
        double pictureBytes = gopBytes / (GopLength - 1 + KeyToPicture);
        double owed = 0; // what rounding to whole macroblocks has left over
        double deviation = 0;
        for (int i = 0; i < AccessUnits.Length; i++)
        {
            int number = i % GopLength;
            // A picture that is larger is followed by one that is as much smaller: the bit rate is what was asked for. The last one has no second.
            deviation = number == GopLength - 1 ? 0 : number % 2 == 0 ? -deviation : Spread * ((2 * random.NextDouble()) - 1);
            double wanted = pictureBytes * (number == 0 ? KeyToPicture : 1 + deviation);
            AccessUnits[i] = number == 0 ? KeyPicture(wanted + owed, (uint)(i / GopLength)) : Picture(wanted + owed, (uint)number);
            owed += wanted - AccessUnits[i].Length;
        }
    }

    /// <summary>Pictures from one key frame to the next.</summary>
    public int GopLength { get; }

    /// <summary>Two GOPs; after the last one the first follows.</summary>
    public byte[][] AccessUnits { get; }

    private byte[] KeyPicture(double bytes, uint pictureId)
    {
        byte[] sets = [.. SequenceSet(), .. PictureSet()];
        const int BitsOfGrey = 8;
        int noise = Math.Clamp((int)((bytes - sets.Length - (Macroblocks * BitsOfGrey / 8)) / PcmBytes), 0, Macroblocks);
        H264Bits slice = SliceHeader(new H264Bits(0x65), sliceType: 7, frameNumber: 0).WriteUe(pictureId)
            .Write(0b00, 2) // no_output_of_prior_pics_flag, long_term_reference_flag
            .WriteUe(0).WriteUe(1); // slice_qp_delta, disable_deblocking_filter_idc
        for (int i = 0; i < Macroblocks; i++)
        {
            if (i < noise)
            {
                WriteNoise(slice.WriteUe(IntraPcm));
            }
            else
            {
                slice.WriteUe(IntraDcWithoutResidual).WriteUe(0).WriteUe(0); // intra_chroma_pred_mode, mb_qp_delta
                WriteNoCoefficients(slice, i, noise);
            }
        }

        return [.. sets, .. slice.Finish()];
    }

    private byte[] Picture(double bytes, uint frameNumber)
    {
        int noise = Math.Clamp((int)(bytes / PcmBytes), 0, Macroblocks);
        int skipped = _random.Next(Macroblocks - noise + 1);
        H264Bits slice = SliceHeader(new H264Bits(0x41), sliceType: 5, frameNumber)
            .Write(0b000, 3) // num_ref_idx_active_override_flag, ref_pic_list_modification_flag_l0, adaptive_ref_pic_marking_mode_flag
            .WriteUe(0).WriteUe(1); // slice_qp_delta, disable_deblocking_filter_idc
        for (int i = 0; i < noise; i++)
        {
            WriteNoise(slice.WriteUe(i == 0 ? (uint)skipped : 0).WriteUe(InterPcm)); // mb_skip_run, mb_type
        }

        int rest = Macroblocks - noise - (noise > 0 ? skipped : 0);
        return (rest > 0 ? slice.WriteUe((uint)rest) : slice).Finish();
    }

    private static H264Bits SliceHeader(H264Bits slice, uint sliceType, uint frameNumber) =>
        slice.WriteUe(0).WriteUe(sliceType).WriteUe(0).Write(frameNumber, MaxFrameNumBits); // first_mb_in_slice, slice_type, pic_parameter_set_id, frame_num

    /// <summary>coeff_token of 0 coefficients, whose code depends on how many the neighbours have (9.2.1): 16 in noise, else 0.</summary>
    private static void WriteNoCoefficients(H264Bits slice, int macroblock, int noise)
    {
        int? left = macroblock % MacroblocksAcross > 0 ? CoefficientsOf(macroblock - 1) : null;
        int? above = macroblock >= MacroblocksAcross ? CoefficientsOf(macroblock - MacroblocksAcross) : null;
        int context = left is { } a && above is { } b ? (a + b + 1) / 2 : left ?? above ?? 0;
        _ = context >= 8 ? slice.Write(0b000011, 6) : slice.Write(1, 1);

        int CoefficientsOf(int neighbour) => neighbour < noise ? 16 : 0;
    }

    /// <summary>Samples from 1 to 255: without zeros there is nothing to prevent the emulation of.</summary>
    private void WriteNoise(H264Bits slice)
    {
        Span<byte> samples = stackalloc byte[PcmBytes];
        foreach (ref byte sample in samples)
        {
            sample = (byte)_random.Next(1, 256);
        }

        slice.Align().WriteBytes(samples);
    }

    private static byte[] SequenceSet() => new H264Bits(0x67)
        .Write(66, 8).Write(0b1100_0000, 8).Write(40, 8) // constrained baseline, level 4
        .WriteUe(0).WriteUe(MaxFrameNumBits - 4).WriteUe(2) // seq_parameter_set_id, log2_max_frame_num_minus4, pic_order_cnt_type: as decoded
        .WriteUe(1).Write(0, 1) // max_num_ref_frames, gaps_in_frame_num_value_allowed_flag
        .WriteUe(MacroblocksAcross - 1).WriteUe(MacroblocksDown - 1)
        .Write(0b1100, 4) // frame_mbs_only_flag, direct_8x8_inference_flag, no cropping, no VUI
        .Finish();

    private static byte[] PictureSet() => new H264Bits(0x68)
        .WriteUe(0).WriteUe(0).Write(0b00, 2).WriteUe(0) // ids, CAVLC, bottom_field_pic_order_in_frame_present_flag, num_slice_groups_minus1
        .WriteUe(0).WriteUe(0).Write(0, 3) // num_ref_idx_active_minus1 of both lists, no weighted prediction
        .WriteUe(0).WriteUe(0).WriteUe(0) // pic_init_qp_minus26, pic_init_qs_minus26, chroma_qp_index_offset
        .Write(0b100, 3) // deblocking_filter_control_present_flag, constrained_intra_pred_flag, redundant_pic_cnt_present_flag
        .Finish();
}
