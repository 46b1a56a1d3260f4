using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Media.Tests.ParameterSets;

public sealed class ParameterSetCacheTests
{
    private static readonly byte[] Sps264 = Samples.Unit("h264-slices", 0x67);
    private static readonly byte[] OtherSps264 = Samples.Unit("h264-bframes", 0x67);
    private static readonly byte[] Pps0 = [0x68, 0xEE, 0x3C, 0x80];
    private static readonly byte[] Pps0Changed = [0x68, 0xEE, 0x3C, 0x81, 0x82];
    private static readonly byte[] Pps1 = [0x68, 0x5A, 0x3C, 0x80]; // 010 = id 1

    [Fact]
    public void Offer_SetsInAnyOrder_StandByKindAndId()
    {
        ParameterSetCache cache = new(VideoCodec.H264);

        Assert.True(cache.Offer(Pps1));
        Assert.True(cache.Offer(Pps0));
        Assert.False(cache.IsComplete);
        Assert.True(cache.Offer(Sps264));

        Assert.True(cache.IsComplete);
        Assert.Equal(Samples.AnnexB(Sps264, Pps0, Pps1), cache.AnnexB);
        Assert.Equal(Sps264, cache.Get(ParameterSetKind.Sequence, 0));
        Assert.Equal(Pps0, cache.Get(ParameterSetKind.Picture, 0));
        Assert.Equal(Pps1, cache.Get(ParameterSetKind.Picture, 1));
        Assert.Equal((0, 1, 2), (cache.Count(ParameterSetKind.Video), cache.Count(ParameterSetKind.Sequence), cache.Count(ParameterSetKind.Picture)));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Get(ParameterSetKind.Picture, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Get(ParameterSetKind.Picture, -1).Length);
    }

    [Fact]
    public void Offer_SameBytesAgain_LeavesTheVersion()
    {
        ParameterSetCache cache = new(VideoCodec.H264);
        cache.Offer(Sps264);
        cache.Offer(Pps0);

        Assert.True(cache.Offer(Sps264));
        Assert.True(cache.Offer([.. Pps0, 0, 0]));

        Assert.Equal(2, cache.Version);
    }

    [Fact]
    public void Offer_ChangedBytes_ReplacesTheSetOfThatIdAndRaisesTheVersion()
    {
        ParameterSetCache cache = new(VideoCodec.H264);
        cache.Offer(Sps264);
        cache.Offer(Pps0);
        cache.Offer(Pps1);

        cache.Offer(Pps0Changed);
        Assert.Equal(4, cache.Version);
        Assert.Equal(Samples.AnnexB(Sps264, Pps0Changed, Pps1), cache.AnnexB);

        cache.Offer(OtherSps264);
        Assert.Equal(5, cache.Version);
        Assert.Equal(Samples.AnnexB(OtherSps264, Pps0Changed, Pps1), cache.AnnexB);
        Assert.Equal(322, cache.Format!.Width);

        cache.Offer(Pps0);
        Assert.Equal(Samples.AnnexB(OtherSps264, Pps0, Pps1), cache.AnnexB);
        Assert.Equal(Pps1, cache.Get(ParameterSetKind.Picture, 1));
    }

    [Fact]
    public void Offer_TwoSequenceParameterSets_FormatIsThatOfTheOneOfferedLast()
    {
        ParameterSetCache cache = new(VideoCodec.H264);
        byte[] second = [0x67, 77, 0x40, 31, 0b010_1_1_1_01, 0b0_0_000001, 0b0110_0000, 0b101_1_1_0_0_1]; // id 1
        cache.Offer(Sps264);
        cache.Offer(second);
        int version = cache.Version;
        VideoFormat? secondFormat = cache.Format;

        cache.Offer(Sps264);

        Assert.NotEqual(320, secondFormat!.Width);
        Assert.Equal(320, cache.Format!.Width);
        Assert.Equal(version, cache.Version);
    }

    [Fact]
    public void Offer_H265Sets_AreCompleteWithAllThree()
    {
        ParameterSetCache cache = new(VideoCodec.H265);
        byte[] vps = Samples.Unit("h265-slices", 0x40);
        byte[] sps = Samples.Unit("h265-slices", 0x42);
        byte[] pps = Samples.Unit("h265-slices", 0x44);

        cache.Offer(pps);
        cache.Offer(sps);
        Assert.False(cache.IsComplete);
        cache.Offer(vps);

        Assert.True(cache.IsComplete);
        Assert.Equal(Samples.AnnexB(vps, sps, pps), cache.AnnexB);
        Assert.Equal(new VideoFormat(VideoCodec.H265, 320, 180, 25, 1, cache.Format!.Level), cache.Format);
    }

    [Theory]
    [InlineData(VideoCodec.H264, "65888401")]
    [InlineData(VideoCodec.H264, "0605")]
    [InlineData(VideoCodec.H264, "6F4D0028")]
    [InlineData(VideoCodec.H264, "")]
    [InlineData(VideoCodec.H264, "0000")]
    [InlineData(VideoCodec.H264, "E74D401F")]
    [InlineData(VideoCodec.H265, "260180")]
    [InlineData(VideoCodec.H265, "42")]
    [InlineData(VideoCodec.H265, "4200")]
    [InlineData(VideoCodec.H265, "4209010160")]
    public void Offer_NoParameterSetOfTheBaseLayer_IsNotTaken(VideoCodec codec, string hex)
    {
        ParameterSetCache cache = new(codec);

        Assert.False(cache.Offer(Convert.FromHexString(hex)));
        Assert.Equal((0, 0, 0), (cache.Version, cache.RefusedCount, cache.AnnexB.Length));
    }

    [Theory]
    [InlineData(VideoCodec.H264, "67")]
    [InlineData(VideoCodec.H264, "674D401F")]
    [InlineData(VideoCodec.H264, "674D401F0420")]
    [InlineData(VideoCodec.H264, "68")]
    [InlineData(VideoCodec.H264, "680080FF")]
    [InlineData(VideoCodec.H264, "68EE3C00000165")]
    [InlineData(VideoCodec.H265, "4001")]
    [InlineData(VideoCodec.H265, "42010101")]
    [InlineData(VideoCodec.H265, "4201FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData(VideoCodec.H265, "44010104")]
    public void Offer_DamagedParameterSet_IsRefusedAndCounted(VideoCodec codec, string hex)
    {
        ParameterSetCache cache = new(codec);

        Assert.True(cache.Offer(Convert.FromHexString(hex)));
        Assert.Equal((0, 1, 0), (cache.Version, cache.RefusedCount, cache.AnnexB.Length));
    }

    [Fact]
    public void Offer_MoreThanTheLimit_IsRefusedAndWhatWasThereStays()
    {
        ParameterSetCache cache = new(VideoCodec.H264);
        cache.Offer(Sps264);
        cache.Offer(Pps0);
        int used = cache.AnnexB.Length;
        byte[] fits = [0x68, 0x5A, .. Enumerable.Repeat((byte)0x77, ParameterSetCache.MaxBytes - used - 4 - 2)];

        Assert.True(cache.Offer([.. fits, 0x77]));
        Assert.Equal((1, used), (cache.RefusedCount, cache.AnnexB.Length));

        Assert.True(cache.Offer(fits));
        Assert.Equal((1, ParameterSetCache.MaxBytes), (cache.RefusedCount, cache.AnnexB.Length));

        Assert.True(cache.Offer(Pps0Changed));
        Assert.Equal(2, cache.RefusedCount);
        Assert.Equal(Samples.AnnexB(Sps264, Pps0, fits), cache.AnnexB);
    }

    [Fact]
    public void Constructor_NoCodec_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterSetCache(0));
}
