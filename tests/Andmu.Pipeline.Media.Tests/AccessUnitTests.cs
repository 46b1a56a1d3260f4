using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

public sealed class AccessUnitTests
{
    private static readonly byte[] Aud264 = [0x09, 0x10];
    private static readonly byte[] Sei264 = [0x06, 0x05, 0x01, 0xAA, 0x80];
    private static readonly byte[] Idr264 = [0x65, 0x88, 0x84, 0x01];
    private static readonly byte[] Second264 = [0x65, 0x08, 0x84, 0x02];
    private static readonly byte[] Pps264 = [0x68, 0xEE, 0x3C, 0x80];
    private static readonly byte[] Reference264 = [0x41, 0x9A, 0x01];
    private static readonly byte[] Disposable264 = [0x01, 0x9A, 0x01];

    private static readonly byte[] Sps264 = Samples.Unit("h264-slices", 0x67);

    public static TheoryData<NalFraming> Framings => [NalFraming.AnnexB, NalFraming.FourByteLength];

    [Theory]
    [MemberData(nameof(Framings))]
    public void WritePicture_SetsAndDelimiterBeforeTheSlices_KeepsTheRestInOrder(NalFraming framing)
    {
        ParameterSetCache cache = new(VideoCodec.H264);

        Picture picture = Take(framing, cache, Aud264, Sps264, Pps264, Sei264, Idr264, Second264);

        Assert.Equal(Samples.AnnexB(Sei264, Idr264, Second264), picture.Bytes);
        Assert.Equal(Samples.AnnexB(Sps264, Pps264), picture.ParameterSets);
        Assert.True(picture.Info.IsRandomAccess);
        Assert.False(picture.Info.IsDisposable);
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public void WritePicture_ParameterSetBetweenSlices_StaysWhereItIs(NalFraming framing)
    {
        ParameterSetCache cache = new(VideoCodec.H264);

        Picture picture = Take(framing, cache, Idr264, Pps264, Second264);

        Assert.Equal(Samples.AnnexB(Idr264, Pps264, Second264), picture.Bytes);
        Assert.Equal(0, cache.Version);
    }

    [Fact]
    public void WritePicture_StartCodesOfThreeBytesAndZerosAround_WritesFourBytesUpToTheFirstSlice()
    {
        byte[] accessUnit = [0xAB, 0xCD, 0, 0, 0, 0, 1, .. Aud264, 0, 0, 0, 0, 1, .. Sei264, 0, 0, 1, .. Idr264, 0, 0, 1, .. Second264, 0, 0, 0];

        Picture picture = Picture.Take(VideoCodec.H264, NalFraming.AnnexB, accessUnit, new ParameterSetCache(VideoCodec.H264));

        Assert.Equal([0, 0, 0, 1, .. Sei264, 0, 0, 0, 1, .. Idr264, 0, 0, 1, .. Second264], picture.Bytes);
    }

    [Theory]
    [InlineData(0x65, true, false)]
    [InlineData(0x41, false, false)]
    [InlineData(0x01, false, true)]
    [InlineData(0x02, false, true)]
    public void Inspect_H264Slice_TellsByTypeAndRefIdc(byte header, bool isRandomAccess, bool isDisposable)
    {
        AccessUnitInfo info = Inspect(VideoCodec.H264, Samples.AnnexB([header, 0x88, 0x80]));

        Assert.True(info.HasPicture);
        Assert.Equal(AccessUnitFault.None, info.Fault);
        Assert.Equal((isRandomAccess, isDisposable, false), (info.IsRandomAccess, info.IsDisposable, info.IsSkippedLeading));
    }

    [Fact]
    public void Inspect_EveryH265SliceType_TellsByTheTableOfTypes()
    {
        for (int type = 0; type < 32; type++)
        {
            AccessUnitInfo info = Inspect(VideoCodec.H265, Samples.AnnexB([(byte)(type << 1), 0x01, 0x80, 0x80]));

            Assert.True(info.HasPicture);
            Assert.Equal(type is 16 or 17 or 18 or 19 or 20 or 21 or 22 or 23, info.IsRandomAccess);
            Assert.Equal(type is 0 or 2 or 4 or 6 or 8 or 10 or 12 or 14, info.IsDisposable);
            Assert.Equal(type is 8 or 9, info.IsSkippedLeading);
        }
    }

    [Fact]
    public void Inspect_H265SliceOfAnEnhancementLayer_IsNoPictureOfTheBaseLayer()
    {
        AccessUnitInfo info = Inspect(VideoCodec.H265, Samples.AnnexB([0x26, 0x09, 0x80, 0x80]));

        Assert.Equal(AccessUnitFault.NoPicture, info.Fault);
    }

    [Theory]
    [InlineData(VideoCodec.H264, "", AccessUnitFault.NoNalUnit)]
    [InlineData(VideoCodec.H264, "0000", AccessUnitFault.NoNalUnit)]
    [InlineData(VideoCodec.H264, "000000016742", AccessUnitFault.NoPicture)]
    [InlineData(VideoCodec.H264, "6588840102", AccessUnitFault.NoNalUnit)]
    [InlineData(VideoCodec.H264, "000001000001", AccessUnitFault.NoNalUnit)]
    [InlineData(VideoCodec.H264, "00000001E588", AccessUnitFault.NoPicture)]
    [InlineData(VideoCodec.H265, "0000000126", AccessUnitFault.NoPicture)]
    [InlineData(VideoCodec.H265, "00000001A60180", AccessUnitFault.NoPicture)]
    public void Inspect_MalformedAnnexB_SaysWhatIsWrong(VideoCodec codec, string hex, AccessUnitFault expected) =>
        AssertFault(codec, NalFraming.AnnexB, Convert.FromHexString(hex), expected);

    [Theory]
    [InlineData("", AccessUnitFault.NoNalUnit)]
    [InlineData("00000000", AccessUnitFault.NoNalUnit)]
    [InlineData("000000", AccessUnitFault.BadLengthPrefix)]
    [InlineData("00000003658884000000", AccessUnitFault.BadLengthPrefix)]
    [InlineData("00000004658884", AccessUnitFault.BadLengthPrefix)]
    [InlineData("FFFFFFFF658884", AccessUnitFault.BadLengthPrefix)]
    [InlineData("7FFFFFFF658884", AccessUnitFault.BadLengthPrefix)]
    [InlineData("80000000658884", AccessUnitFault.BadLengthPrefix)]
    [InlineData("00000003658884FFFFFFFE", AccessUnitFault.BadLengthPrefix)]
    [InlineData("00000002097000000002061000", AccessUnitFault.BadLengthPrefix)]
    [InlineData("0000000209700000000106", AccessUnitFault.NoPicture)]
    public void Inspect_MalformedLengths_SaysWhatIsWrong(string hex, AccessUnitFault expected) =>
        AssertFault(VideoCodec.H264, NalFraming.FourByteLength, Convert.FromHexString(hex), expected);

    [Fact]
    public void Inspect_ParameterSetsAlone_LearnsThem()
    {
        ParameterSetCache cache = new(VideoCodec.H264);

        AccessUnitInfo info = AccessUnit.Inspect(VideoCodec.H264, NalFraming.AnnexB, Samples.AnnexB(Sps264, Pps264), cache);

        Assert.Equal(AccessUnitFault.NoPicture, info.Fault);
        Assert.True(cache.IsComplete);
    }

    [Fact]
    public void Inspect_CacheOfTheOtherCodec_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            AccessUnit.Inspect(VideoCodec.H264, NalFraming.AnnexB, Reference264, new ParameterSetCache(VideoCodec.H265)));

    [Fact]
    public void WritePicture_DestinationTooShort_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            AccessUnit.WritePicture(VideoCodec.H264, NalFraming.AnnexB, Samples.AnnexB(Disposable264), new byte[Disposable264.Length + 3]));

    [Theory]
    [MemberData(nameof(Framings))]
    public void InspectAndWritePicture_SetsUnchanged_DoNotAllocate(NalFraming framing)
    {
        byte[][] units = [Aud264, Sps264, Pps264, Sei264, Idr264, Second264];
        byte[] accessUnit = framing == NalFraming.AnnexB ? Samples.AnnexB(units) : Samples.LengthPrefixed(units);
        ParameterSetCache cache = new(VideoCodec.H264);
        byte[] destination = new byte[accessUnit.Length];

        Allocations.AssertNone(() =>
        {
            AccessUnit.Inspect(VideoCodec.H264, framing, accessUnit, cache);
            AccessUnit.WritePicture(VideoCodec.H264, framing, accessUnit, destination);
            _ = cache.AnnexB.Length + cache.Version + (cache.IsComplete ? cache.Format!.Width : 0) + cache.Get(ParameterSetKind.Picture, 0).Length;
        });
    }

    private static void AssertFault(VideoCodec codec, NalFraming framing, byte[] accessUnit, AccessUnitFault expected)
    {
        ParameterSetCache cache = new(codec);

        AccessUnitInfo info = AccessUnit.Inspect(codec, framing, accessUnit, cache);

        Assert.Equal(new AccessUnitInfo { Fault = expected }, info);
        Assert.False(info.HasPicture);
        Assert.Equal(0, AccessUnit.WritePicture(codec, framing, accessUnit, new byte[accessUnit.Length + 16]));
    }

    private static AccessUnitInfo Inspect(VideoCodec codec, byte[] accessUnit) =>
        AccessUnit.Inspect(codec, NalFraming.AnnexB, accessUnit, new ParameterSetCache(codec));

    private static Picture Take(NalFraming framing, ParameterSetCache cache, params byte[][] units) => Picture.Take(
        VideoCodec.H264, framing, framing == NalFraming.AnnexB ? Samples.AnnexB(units) : Samples.LengthPrefixed(units), cache);
}
