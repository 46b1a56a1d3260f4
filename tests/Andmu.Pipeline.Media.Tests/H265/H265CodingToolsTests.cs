using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Media.Tests.H265;

/// <summary>Tools that x265 does not use, written by the syntax of ITU-T H.265 7.3.2.2.1 and found passed over when the VUI behind them is read.</summary>
public sealed class H265CodingToolsTests
{
    [Fact]
    public void TryParse_NoTools_ReachesTheVui() => AssertRate(Sps());

    [Fact]
    public void TryParse_ScalingListData_IsPassedOver() => AssertRate(Sps(
        scalingLists: bits =>
        {
            bits.Write(1, 1); // sps_scaling_list_data_present_flag
            for (int size = 0; size < 4; size++)
            {
                for (int matrix = 0; matrix < (size == 3 ? 2 : 6); matrix++)
                {
                    bool isExplicit = (size + matrix) % 2 == 0;
                    bits.Write(isExplicit ? 1u : 0u, 1);
                    int values = isExplicit ? (size == 0 ? 16 : 64) + (size > 1 ? 1 : 0) : 1;
                    for (int i = 0; i < values; i++)
                    {
                        bits.Ue((uint)((i + matrix) % 9));
                    }
                }
            }
        }));

    [Fact]
    public void TryParse_Pcm_IsPassedOver() =>
        AssertRate(Sps(pcm: bits => bits.Write(0x77, 8).Ue(0).Ue(2).Write(1, 1)));

    [Fact]
    public void TryParse_PredictedReferenceSets_ArePassedOver() => AssertRate(Sps(
        shortTerm: bits =>
        {
            bits.Ue(4);
            bits.Ue(2).Ue(1).Ue(0).Write(1, 1).Ue(3).Write(0, 1).Ue(7).Write(1, 1); // explicit: two before, one after
            bits.Write(1, 1).Write(1, 1).Ue(0).Write(1, 1).Write(0b01, 2).Write(0b00, 2).Write(1, 1); // of 3 + 1: used, kept, dropped, used
            bits.Write(1, 1).Write(0, 1).Ue(5).Write(0b00, 2).Write(0b00, 2).Write(0b00, 2).Write(1, 1); // of 3 + 1: the last alone
            bits.Write(0, 1).Ue(0).Ue(1).Ue(0).Write(1, 1); // explicit again
        }));

    [Fact]
    public void TryParse_LongTermReferences_ArePassedOver() => AssertRate(Sps(
        longTerm: bits => bits.Ue(2).Write(0x1234 & 0xFFF, 12).Write(1, 1).Write(0xABC, 12).Write(0, 1)));

    [Theory]
    [InlineData(65u, 0u)]
    [InlineData(1u, 17u)]
    [InlineData(uint.MaxValue - 1, 1u)]
    public void TryParse_HostileReferenceSets_LoseTheRateAlone(uint sets, uint pictures)
    {
        byte[] sps = Sps(shortTerm: bits => bits.Ue(sets).Ue(pictures).Ue(pictures).Write(uint.MaxValue, 32).Write(uint.MaxValue, 32));

        Assert.True(H265SequenceParameterSet.TryParse(sps, out H265SequenceParameterSet? parsed));
        Assert.Equal((320, 180, null), (parsed.Width, parsed.Height, parsed.FrameRate));
    }

    private static void AssertRate(byte[] sps)
    {
        Assert.True(H265SequenceParameterSet.TryParse(sps, out H265SequenceParameterSet? parsed));
        Assert.Equal((320, 180, 12.5), (parsed.Width, parsed.Height, parsed.FrameRate));
        Assert.Equal((4, 3), (parsed.SarWidth, parsed.SarHeight));
    }

    private static byte[] Sps(
        Action<BitWriter>? scalingLists = null,
        Action<BitWriter>? pcm = null,
        Action<BitWriter>? shortTerm = null,
        Action<BitWriter>? longTerm = null)
    {
        BitWriter bits = new();
        bits.Write(0x4201, 16).Write(0, 4).Write(1, 3).Write(1, 1); // two sub-layers
        bits.Write(1, 8).Write(0x60000000, 32).Write(0x9000, 16).Write(0, 32).Write(93, 8);
        bits.Write(0b11, 2).Write(0, 14).Write(1, 8).Write(0, 32).Write(0, 32).Write(0, 16).Write(90, 8); // both of the lower one
        bits.Ue(0).Ue(1).Ue(320).Ue(184).Write(1, 1).Ue(0).Ue(0).Ue(0).Ue(2).Ue(0).Ue(0);
        bits.Ue(8).Write(1, 1).Ue(4).Ue(2).Ue(0).Ue(4).Ue(2).Ue(0); // 12 bits of picture order; ordering of both sub-layers
        bits.Ue(0).Ue(3).Ue(0).Ue(3).Ue(0).Ue(0);
        Optional(bits, scalingLists);
        bits.Write(0b11, 2); // asymmetric partitions, sample adaptive offset
        Optional(bits, pcm);
        (shortTerm ?? (none => none.Ue(0)))(bits);
        Optional(bits, longTerm);
        bits.Write(0b11, 2).Write(1, 1); // then the VUI
        bits.Write(1, 1).Write(14, 8); // 4:3
        bits.Write(0b11, 2); // overscan
        bits.Write(1, 1).Write(0b1010, 4).Write(1, 1).Write(0x010101, 24); // video signal with colours
        bits.Write(1, 1).Ue(0).Ue(0); // chroma location
        bits.Write(0, 3).Write(1, 1).Ue(0).Ue(1).Ue(2).Ue(3); // display window
        bits.Write(1, 1).Write(2, 32).Write(25, 32).Write(0, 1).Write(0, 1).Write(0, 1).Write(0, 1).Write(1, 1);
        return bits.ToNalUnit(headerBytes: 2);
    }

    private static void Optional(BitWriter bits, Action<BitWriter>? part)
    {
        bits.Write(part is null ? 0u : 1u, 1);
        part?.Invoke(bits);
    }
}
