using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// The middle of a sequence parameter set, which must be read to reach the VUI: ITU-T H.265 7.3.2.2.1.
/// <code>
/// ue log2 POC - 4 | sub-layer ordering | 6 x ue block sizes | scaling lists | AMP SAO | PCM | short-term sets | long-term | 2 flags
/// </code>
/// </summary>
internal static class H265CodingTools
{
    /// <summary>num_short_term_ref_pic_sets is 0 to 64 (7.4.3.2.1).</summary>
    private const int MaxShortTermSets = 64;

    /// <summary>Pictures in one set: no more than the decoded picture buffer holds, 16 at most (A.4.2).</summary>
    private const int MaxReferencePictures = 16;

    /// <summary>num_long_term_ref_pics_sps is 0 to 32 (7.4.3.2.1).</summary>
    private const int MaxLongTermPictures = 32;

    /// <summary>Passes over it, from log2_max_pic_order_cnt_lsb_minus4 to strong_intra_smoothing_enabled_flag.</summary>
    public static void Skip(ref RbspBitReader reader, int subLayers)
    {
        int pictureOrderBits = reader.ReadUe(12) + 4;
        for (int left = reader.ReadFlag() ? subLayers : 1; left > 0; left--)
        {
            reader.ReadUe(); // sps_max_dec_pic_buffering_minus1
            reader.ReadUe(); // sps_max_num_reorder_pics
            reader.ReadUe(); // sps_max_latency_increase_plus1
        }

        for (int i = 0; i < 6; i++)
        {
            reader.ReadUe(); // coding block, transform block and transform hierarchy sizes
        }

        SkipScalingLists(ref reader);
        reader.SkipBits(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
        if (reader.ReadFlag())
        {
            reader.SkipBits(4 + 4); // PCM bit depths
            reader.ReadUe();
            reader.ReadUe();
            reader.ReadFlag(); // pcm_loop_filter_disabled_flag
        }

        SkipShortTermSets(ref reader);
        if (reader.ReadFlag())
        {
            int pictures = reader.ReadUe(MaxLongTermPictures);
            reader.SkipBits(pictures * (pictureOrderBits + 1));
        }

        reader.SkipBits(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    }

    /// <summary>scaling_list_data: 7.3.4.</summary>
    private static void SkipScalingLists(ref RbspBitReader reader)
    {
        if (!reader.ReadFlag() || !reader.ReadFlag())
        {
            return;
        }

        for (int size = 0; size < 4; size++)
        {
            for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1)
            {
                SkipScalingList(ref reader, size);
            }
        }
    }

    private static void SkipScalingList(ref RbspBitReader reader, int size)
    {
        if (!reader.ReadFlag())
        {
            reader.ReadUe(); // scaling_list_pred_matrix_id_delta
            return;
        }

        // A DC coefficient for the two larger sizes, then up to 64 deltas.
        for (int left = Math.Min(64, 16 << (2 * size)) + (size > 1 ? 1 : 0); left > 0; left--)
        {
            reader.ReadSe();
        }
    }

    /// <summary>st_ref_pic_set for each index: 7.3.7. A set may be told by its differences from the one before it.</summary>
    private static void SkipShortTermSets(ref RbspBitReader reader)
    {
        int sets = reader.ReadUe(MaxShortTermSets);
        int pictures = 0;
        for (int i = 0; i < sets && !reader.HasFailed; i++)
        {
            pictures = i > 0 && reader.ReadFlag() ? SkipPredictedSet(ref reader, pictures) : SkipExplicitSet(ref reader);
        }
    }

    /// <summary>Gives the number of pictures in the set, which the next set may build on.</summary>
    private static int SkipPredictedSet(ref RbspBitReader reader, int referencePictures)
    {
        reader.ReadFlag(); // delta_rps_sign
        reader.ReadUe(); // abs_delta_rps_minus1
        int pictures = 0;
        for (int i = 0; i <= referencePictures; i++)
        {
            bool isUsed = reader.ReadFlag(); // used_by_curr_pic_flag; when it is 0, use_delta_flag follows
            pictures += isUsed || reader.ReadFlag() ? 1 : 0;
        }

        return Bounded(ref reader, pictures);
    }

    private static int SkipExplicitSet(ref RbspBitReader reader)
    {
        int pictures = Bounded(ref reader, reader.ReadUe(MaxReferencePictures) + reader.ReadUe(MaxReferencePictures));
        for (int left = pictures; left > 0; left--)
        {
            reader.ReadUe(); // delta_poc_s0_minus1 or delta_poc_s1_minus1
            reader.ReadFlag(); // used_by_curr_pic_s0_flag or used_by_curr_pic_s1_flag
        }

        return pictures;
    }

    private static int Bounded(ref RbspBitReader reader, int pictures)
    {
        if (pictures > MaxReferencePictures)
        {
            reader.Fail();
        }

        return pictures;
    }
}
