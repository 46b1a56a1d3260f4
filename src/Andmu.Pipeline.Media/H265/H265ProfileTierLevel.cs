using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Media.H265;

/// <summary>
/// profile_tier_level( 1, sub-layers - 1 ): ITU-T H.265 7.3.3.
/// <code>
/// u(2) space | u(1) tier | u(5) profile | u(32) compatibility | u(48) constraints | u(8) level | per sub-layer: [88 bits] [8 bits]
/// </code>
/// </summary>
internal readonly struct H265ProfileTierLevel
{
    /// <summary>sps_max_sub_layers_minus1 is 0 to 6 (7.4.3.2.1).</summary>
    private const int MaxSubLayers = 7;

    /// <summary>Bits of a sub-layer's profile: 2 + 1 + 5 + 32 + 48.</summary>
    private const int SubLayerProfileBits = 88;

    private const int SubLayerLevelBits = 8;

    /// <summary>general_profile_space.</summary>
    public int ProfileSpace { get; private init; }

    /// <summary>general_tier_flag.</summary>
    public bool TierFlag { get; private init; }

    /// <summary>general_profile_idc.</summary>
    public int ProfileIdc { get; private init; }

    /// <summary>general_profile_compatibility_flag, flag 0 in the highest bit.</summary>
    public uint CompatibilityFlags { get; private init; }

    /// <summary>48 bits of source and constraint flags.</summary>
    public ulong ConstraintIndicatorFlags { get; private init; }

    /// <summary>general_level_idc.</summary>
    public int LevelIdc { get; private init; }

    /// <summary>Reads the general part and passes over the sub-layers; fails the reader when there are more than seven.</summary>
    public static H265ProfileTierLevel Read(ref RbspBitReader reader, int subLayers)
    {
        if (subLayers > MaxSubLayers)
        {
            reader.Fail();
        }

        H265ProfileTierLevel general = new()
        {
            ProfileSpace = (int)reader.ReadBits(2),
            TierFlag = reader.ReadFlag(),
            ProfileIdc = (int)reader.ReadBits(5),
            CompatibilityFlags = reader.ReadBits(32),
            ConstraintIndicatorFlags = ((ulong)reader.ReadBits(16) << 32) | reader.ReadBits(32),
            LevelIdc = (int)reader.ReadBits(8),
        };
        SkipSubLayers(ref reader, subLayers - 1);
        return general;
    }

    private static void SkipSubLayers(ref RbspBitReader reader, int count)
    {
        if (count == 0)
        {
            return;
        }

        // Two flags for each sub-layer below the highest, filled up to eight pairs.
        uint present = reader.ReadBits(16);
        for (int i = 0; i < count; i++)
        {
            reader.SkipBits((present & (0x8000u >> (2 * i))) != 0 ? SubLayerProfileBits : 0);
            reader.SkipBits((present & (0x4000u >> (2 * i))) != 0 ? SubLayerLevelBits : 0);
        }
    }
}
