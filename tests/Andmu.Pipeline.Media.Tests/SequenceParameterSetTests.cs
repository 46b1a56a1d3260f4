using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>What the readers of sequence parameter sets say, against the avcC and hvcC that ffmpeg writes and against ffprobe.</summary>
public sealed class SequenceParameterSetTests
{
    [Theory]
    [InlineData("h264-baseline")]
    [InlineData("h264-slices")]
    [InlineData("h264-bframes")]
    [InlineData("h264-high-10")]
    [InlineData("h264-high-422")]
    [InlineData("h264-high-444")]
    public void H264TryParse_RealStream_SaysWhatAvcCSays(string name)
    {
        // ISO/IEC 14496-15 5.3.3.1.2: version, profile, compatibility, level ... and for the high profiles, at the end:
        // 6 bits reserved + chroma_format, 5 + bit_depth_luma_minus8, 5 + bit_depth_chroma_minus8, number of SPS extensions.
        byte[] avcC = Box(name, "avcC");

        H264SequenceParameterSet sps = H264Sps(name);

        Assert.Equal((avcC[1], avcC[2], avcC[3]), (sps.ProfileIdc, sps.ConstraintFlags, sps.LevelIdc));
        if (sps.ProfileIdc >= 100)
        {
            Assert.Equal((avcC[^4] & 3, (avcC[^3] & 7) + 8, (avcC[^2] & 7) + 8), (sps.ChromaFormatIdc, sps.BitDepthLuma, sps.BitDepthChroma));
        }
        else
        {
            Assert.Equal((1, 8, 8), (sps.ChromaFormatIdc, sps.BitDepthLuma, sps.BitDepthChroma));
        }
    }

    [Theory]
    [InlineData("h265-slices")]
    [InlineData("h265-bframes")]
    [InlineData("h265-temporal-layers")]
    [InlineData("h265-main-10")]
    [InlineData("h265-rext-422")]
    public void H265TryParse_RealStream_SaysWhatHvcCSays(string name)
    {
        // ISO/IEC 14496-15 8.3.3.1.2.
        byte[] hvcC = Box(name, "hvcC");

        H265SequenceParameterSet sps = H265Sps(name);

        Assert.Equal((hvcC[1] >> 6, (hvcC[1] & 0x20) != 0, hvcC[1] & 0x1F), (sps.GeneralProfileSpace, sps.GeneralTierFlag, sps.GeneralProfileIdc));
        Assert.Equal(Convert.ToHexString(hvcC.AsSpan(2, 4)), sps.GeneralProfileCompatibilityFlags.ToString("X8", null));
        Assert.Equal(Convert.ToHexString(hvcC.AsSpan(6, 6)), sps.GeneralConstraintIndicatorFlags.ToString("X12", null));
        Assert.Equal(hvcC[12], sps.GeneralLevelIdc);
        Assert.Equal((hvcC[16] & 3, (hvcC[17] & 7) + 8, (hvcC[18] & 7) + 8), (sps.ChromaFormatIdc, sps.BitDepthLuma, sps.BitDepthChroma));
        Assert.Equal(((hvcC[21] >> 3) & 7, (hvcC[21] & 4) != 0), (sps.NumTemporalLayers, sps.TemporalIdNested));
    }

    [Theory]
    [InlineData("h264-interlaced")]
    [InlineData("h264-slices")]
    [InlineData("h265-main-10")]
    [InlineData("h265-slices")]
    public void TryParse_RealStream_GivesTheAspectRatioOfFfprobe(string name)
    {
        string expected = Ffmpeg.Probe(TestStream.Named(name).File, "stream=sample_aspect_ratio")[0];

        (int width, int height) = name.StartsWith("h264", StringComparison.Ordinal)
            ? (H264Sps(name).SarWidth, H264Sps(name).SarHeight)
            : (H265Sps(name).SarWidth, H265Sps(name).SarHeight);

        Assert.Equal(expected, $"{width}:{height}");
    }

    [Fact]
    public void H264TryParse_RealStream_TellsIdAndFixedRate()
    {
        Assert.Equal(0, H264Sps("h264-filler").Id);
        Assert.True(H264Sps("h264-filler").IsFrameRateFixed); // force-cfr
        Assert.False(H264Sps("h264-slices").IsFrameRateFixed);
    }

    [Theory]
    [InlineData("674D401F")]
    [InlineData("674D401F0001")]
    [InlineData("674D401FD9800000030000030000030000")]
    [InlineData("68EE3C80")]
    [InlineData("")]
    [InlineData("67")]
    [InlineData("E74D401FD9805005BB011000")]
    public void H264TryParse_CutShortOrNoSps_IsFalse(string hex)
    {
        Assert.False(H264SequenceParameterSet.TryParse(Convert.FromHexString(hex), out H264SequenceParameterSet? sps));
        Assert.Null(sps);
    }

    [Theory]
    [InlineData(0u, 44, 35, 0u, 0u, true)]
    [InlineData(31u, 44, 35, 0u, 0u, true)]
    [InlineData(32u, 44, 35, 0u, 0u, false)]
    [InlineData(0u, 4094, 4094, 0u, 0u, true)]
    [InlineData(0u, 4095, 35, 0u, 0u, false)]
    [InlineData(0u, 44, 4095, 0u, 0u, false)]
    [InlineData(0u, int.MaxValue, int.MaxValue, 0u, 0u, false)]
    [InlineData(0u, 0, 0, 7u, 7u, true)]
    [InlineData(0u, 0, 0, 8u, 0u, false)]
    [InlineData(0u, 0, 0, 0u, 8u, false)]
    [InlineData(0u, 0, 0, uint.MaxValue - 1, 0u, false)]
    [InlineData(0u, 0, 0, 0u, uint.MaxValue - 1, false)]
    public void H264TryParse_HostileNumbers_AreHeldToTheirRanges(uint id, int width, int height, uint cropRight, uint cropBottom, bool expected)
    {
        BitWriter bits = new();
        bits.Write(0x67, 8).Write(77, 8).Write(0x40, 8).Write(31, 8);
        bits.Ue(id).Ue(0).Ue(2).Ue(1).Write(0, 1).Ue((uint)width).Ue((uint)height).Write(1, 1).Write(1, 1);
        bits.Write(1, 1).Ue(0).Ue(cropRight).Ue(0).Ue(cropBottom).Write(0, 1).Write(1, 1);

        bool isSps = H264SequenceParameterSet.TryParse(bits.ToNalUnit(headerBytes: 1), out H264SequenceParameterSet? sps);

        Assert.Equal(expected, isSps);
        Assert.Equal(expected ? (width + 1) * 16 - (2 * (int)cropRight) : null, sps?.Width);
        Assert.Equal(expected ? (height + 1) * 16 - (2 * (int)cropBottom) : null, sps?.Height);
        Assert.Null(sps?.FrameRate);
    }

    [Theory]
    [InlineData(0u, 1u, 320u, 180u, 0u, true)]
    [InlineData(16u, 1u, 320u, 180u, 0u, false)]
    [InlineData(0u, 4u, 320u, 180u, 0u, false)]
    [InlineData(0u, 1u, 65535u, 65535u, 0u, true)]
    [InlineData(0u, 1u, 65536u, 180u, 0u, false)]
    [InlineData(0u, 1u, 0u, 180u, 0u, false)]
    [InlineData(0u, 1u, 320u, uint.MaxValue - 1, 0u, false)]
    [InlineData(0u, 1u, 320u, 180u, 159u, true)]
    [InlineData(0u, 1u, 320u, 180u, 160u, false)]
    [InlineData(0u, 1u, 320u, 180u, uint.MaxValue - 1, false)]
    public void H265TryParse_HostileNumbers_AreHeldToTheirRanges(uint id, uint chroma, uint width, uint height, uint cropRight, bool expected)
    {
        BitWriter bits = new();
        bits.Write(0x4201, 16).Write(0, 4).Write(0, 3).Write(1, 1);
        bits.Write(1, 8).Write(0x60000000, 32).Write(0x9000, 16).Write(0, 32).Write(93, 8);
        bits.Ue(id).Ue(chroma).Ue(width).Ue(height).Write(1, 1).Ue(0).Ue(cropRight).Ue(0).Ue(0).Ue(0).Ue(0);

        bool isSps = H265SequenceParameterSet.TryParse(bits.ToNalUnit(headerBytes: 2), out H265SequenceParameterSet? sps);

        Assert.Equal(expected, isSps);
        Assert.Equal(expected ? (int)(width - (2 * cropRight)) : null, sps?.Width);
        Assert.Null(sps?.FrameRate);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(255u)]
    public void H264TryParse_PictureOrderOfTypeOne_IsPassedOver(uint cycle)
    {
        BitWriter bits = new();
        bits.Write(0x67, 8).Write(66, 8).Write(0xC0, 8).Write(31, 8).Ue(5).Ue(0);
        bits.Ue(1).Write(0, 1).Ue(3).Ue(4).Ue(cycle);
        for (uint i = 0; i < cycle; i++)
        {
            bits.Ue(i);
        }

        bits.Ue(1).Write(0, 1).Ue(19).Ue(14).Write(0, 1).Write(1, 1).Write(1, 1).Write(0, 1); // fields, no cropping
        bits.Write(1, 1).Write(1, 1).Write(255, 8).Write(40, 16).Write(33, 16).Write(0, 3); // aspect ratio in full
        bits.Write(1, 1).Write(1001, 32).Write(60000, 32).Write(1, 1).Write(0, 4).Write(1, 1);

        Assert.True(H264SequenceParameterSet.TryParse(bits.ToNalUnit(headerBytes: 1), out H264SequenceParameterSet? sps));
        Assert.Equal((5, 320, 480, 40, 33, true), (sps.Id, sps.Width, sps.Height, sps.SarWidth, sps.SarHeight, sps.IsFrameRateFixed));
        Assert.Equal(30000 / 1001.0, sps.FrameRate!.Value, 9);
    }

    [Fact]
    public void TryParse_VuiCutShort_KeepsTheSizeWithoutARate()
    {
        byte[] h264 = Samples.Unit("h264-bframes", 0x67);
        byte[] h265 = Samples.Unit("h265-bframes", 0x42);

        Assert.True(H264SequenceParameterSet.TryParse(h264.AsSpan(..^6), out H264SequenceParameterSet? sps264));
        Assert.True(H265SequenceParameterSet.TryParse(h265.AsSpan(..^24), out H265SequenceParameterSet? sps265));

        Assert.Equal((322, 182, null), (sps264.Width, sps264.Height, sps264.FrameRate));
        Assert.Equal((322, 182, null), (sps265.Width, sps265.Height, sps265.FrameRate));
    }

    private static H264SequenceParameterSet H264Sps(string name) =>
        H264SequenceParameterSet.TryParse(Samples.Unit(name, 0x67), out H264SequenceParameterSet? sps) ? sps : throw new InvalidDataException(name);

    private static H265SequenceParameterSet H265Sps(string name) =>
        H265SequenceParameterSet.TryParse(Samples.Unit(name, 0x42), out H265SequenceParameterSet? sps) ? sps : throw new InvalidDataException(name);

    /// <summary>The content of the only box of that type in the stream's MP4 file.</summary>
    private static byte[] Box(string name, string type)
    {
        byte[] mp4 = File.ReadAllBytes(TestStream.Named(name).Mp4);
        int at = mp4.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(type));
        int size = (mp4[at - 4] << 24) | (mp4[at - 3] << 16) | (mp4[at - 2] << 8) | mp4[at - 1];
        return mp4[(at + 4)..(at - 4 + size)];
    }
}
