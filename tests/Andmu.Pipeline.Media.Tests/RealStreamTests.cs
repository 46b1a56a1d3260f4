using System.Globalization;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>Streams of x264 and x265 with what cameras use and some of what they do not; ffprobe and ffmpeg say what is right.</summary>
public sealed class RealStreamTests
{
    public static TheoryData<string> Names => TestStream.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ReadAsync_RealStream_FindsThePicturesAndKeyFramesThatFfprobeFinds(string name)
    {
        TestStream stream = TestStream.Named(name);
        string[] flags = Ffmpeg.Probe(stream.File, "packet=flags");

        List<Picture> pictures = await ReadAsync(stream);

        Assert.True(flags.Length > 30);
        Assert.Equal(flags.Length, pictures.Count);
        Assert.All(pictures, picture => Assert.True(picture.Info.HasPicture));
        int[] keyFrames = Indices(flags, flag => flag.StartsWith('K'));
        int[] randomAccess = Indices(pictures, picture => picture.Info.IsRandomAccess);
        Assert.Equal(stream.KeyFramesAreRandomAccess ? keyFrames : [0], randomAccess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Format_RealStream_IsWhatFfprobeReads(string name)
    {
        TestStream stream = TestStream.Named(name);
        string[] probe = Ffmpeg.Probe(stream.File, "stream=profile,width,height,level,r_frame_rate")[0].Split(',');

        VideoFormat format = (await ReadAsync(stream))[0].Format!;

        Assert.Equal(stream.Codec, format.Codec);
        Assert.Equal(ProfileIdc(stream.Codec, probe[0]), format.Profile);
        Assert.Equal(probe[1], format.Width.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(probe[2], format.Height.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(probe[3], format.Level.ToString(CultureInfo.InvariantCulture));
        string[] rate = probe[4].Split('/');
        double expected = double.Parse(rate[0], CultureInfo.InvariantCulture) / double.Parse(rate[1], CultureInfo.InvariantCulture);
        Assert.Equal(expected, format.FrameRate!.Value, 6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task WritePicture_ParameterSetsAndPicturesInOrder_DecodeToTheSamePictures(string name)
    {
        TestStream stream = TestStream.Named(name);

        using TemporaryFile sent = new(Picture.Send(await ReadAsync(stream)));

        Assert.Equal(Ffmpeg.DecodedHashes(stream.File, stream.Codec), Ffmpeg.DecodedHashes(sent.Path, stream.Codec));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task WritePicture_RealStream_TakesOutParameterSetsAndDelimitersAlone(string name)
    {
        TestStream stream = TestStream.Named(name);

        foreach (Picture picture in await ReadAsync(stream))
        {
            List<byte[]> expected = [.. NalUnits(picture.AccessUnit).Where(unit => !IsTakenOut(stream.Codec, unit))];
            Assert.Equal(expected, NalUnits(picture.Bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task IsDisposable_AllLeftOut_TheRestStillDecodes(string name)
    {
        TestStream stream = TestStream.Named(name);
        List<Picture> pictures = await ReadAsync(stream);
        List<Picture> kept = [.. pictures.Where(picture => !picture.Info.IsDisposable)];

        using TemporaryFile sent = new(Picture.Send(kept));

        Assert.Equal(kept.Count, Ffmpeg.DecodedHashes(sent.Path, stream.Codec).Length);
        Assert.True(kept.Count < pictures.Count || !name.EndsWith("-bframes", StringComparison.Ordinal), "B-frames are disposable.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task IsRandomAccess_StreamEnteredThereWithoutLeadingPictures_Decodes(string name)
    {
        TestStream stream = TestStream.Named(name);
        List<Picture> pictures = await ReadAsync(stream);
        int entry = pictures.FindLastIndex(picture => picture.Info.IsRandomAccess);
        List<Picture> kept = [.. pictures.Skip(entry).Where(picture => !picture.Info.IsSkippedLeading)];

        using TemporaryFile sent = new(Picture.Send(kept));

        Assert.Equal(kept.Count, Ffmpeg.DecodedHashes(sent.Path, stream.Codec).Length);
    }

    [Theory]
    [InlineData("h265-open-gop", true)]
    [InlineData("h265-radl", false)]
    [InlineData("h265-slices", false)]
    [InlineData("h264-open-gop", false)]
    public async Task IsSkippedLeading_RealStream_IsSeenWhereTheEncoderMakesThem(string name, bool expected) =>
        Assert.Equal(expected, (await ReadAsync(TestStream.Named(name))).Exists(picture => picture.Info.IsSkippedLeading));

    [Theory]
    [InlineData("h264-size-change")]
    [InlineData("h265-size-change")]
    public async Task ParameterSets_SizeChangesMidStream_FollowItAndRiseInVersion(string name)
    {
        TestStream stream = TestStream.Named(name);
        ElementaryStreamReader reader = new(new MemoryStream(stream.Bytes), stream.Codec);
        ParameterSetCache cache = new(stream.Codec);
        List<(int Width, int Height)> sizes = [];
        List<int> versions = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            AccessUnit.Inspect(stream.Codec, NalFraming.AnnexB, reader.AccessUnit.Span, cache);
            if (versions.Count == 0 || versions[^1] != cache.Version)
            {
                versions.Add(cache.Version);
                sizes.Add((cache.Format!.Width, cache.Format.Height));
            }
        }

        Assert.Equal([(320, 180), (322, 182), (320, 180)], sizes);
    }

    [Theory]
    [InlineData("h264-bframes")]
    [InlineData("h264-slices")]
    [InlineData("h265-bframes")]
    [InlineData("h265-slices")]
    public async Task WritePicture_LengthPrefixedSamplesOfAnMp4_AreTheUnitsOfTheSameFileAsAnnexB(string name)
    {
        TestStream stream = TestStream.Named(name);
        using TemporaryFile annexB = new([]);
        string format = stream.Codec == VideoCodec.H264 ? "h264" : "hevc";
        Ffmpeg.Run("-i", stream.Mp4, "-c:v", "copy", "-f", format, annexB.Path);
        List<Picture> expected = await Picture.ReadAllAsync(new MemoryStream(annexB.Content), stream.Codec);
        byte[] file = await File.ReadAllBytesAsync(stream.Mp4, TestContext.Current.CancellationToken);
        string[] samples = Ffmpeg.Probe(stream.Mp4, "packet=size,pos,flags");
        ParameterSetCache cache = new(stream.Codec);

        Assert.Equal(expected.Count, samples.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            string[] fields = samples[i].Split(',');
            ReadOnlySpan<byte> sample = file.AsSpan(int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[0], CultureInfo.InvariantCulture));
            Picture picture = Picture.Take(stream.Codec, NalFraming.FourByteLength, sample, cache);
            Assert.Equal(WithoutSei(stream.Codec, expected[i].Bytes), WithoutSei(stream.Codec, picture.Bytes));
            Assert.Equal(expected[i].Info.IsRandomAccess, picture.Info.IsRandomAccess);
            Assert.Equal(fields[2].StartsWith('K'), picture.Info.IsRandomAccess);
        }
    }

    private static async Task<List<Picture>> ReadAsync(TestStream stream) =>
        await Picture.ReadAllAsync(new MemoryStream(stream.Bytes), stream.Codec);

    private static int[] Indices<T>(IEnumerable<T> items, Predicate<T> predicate) =>
        [.. items.Index().Where(item => predicate(item.Item)).Select(item => item.Index)];

    private static List<byte[]> NalUnits(ReadOnlySpan<byte> annexB)
    {
        List<byte[]> units = [];
        AnnexBReader reader = new(annexB);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            units.Add(unit.ToArray());
        }

        return units;
    }

    /// <summary>ffmpeg puts the SEI of the sample description before every key frame, where the sample has it already.</summary>
    private static IEnumerable<byte[]> WithoutSei(VideoCodec codec, byte[] annexB) =>
        NalUnits(annexB).Where(unit => codec == VideoCodec.H264 ? (unit[0] & 0x1F) != 6 : (unit[0] >> 1) != 39);

    private static bool IsTakenOut(VideoCodec codec, byte[] unit) =>
        codec == VideoCodec.H264 ? (unit[0] & 0x1F) is 7 or 8 or 9 : (unit[0] >> 1) is 32 or 33 or 34 or 35;

    private static int ProfileIdc(VideoCodec codec, string profile) => (codec, profile) switch
    {
        (VideoCodec.H264, "Constrained Baseline") => 66,
        (VideoCodec.H264, "Main") => 77,
        (VideoCodec.H264, "High") => 100,
        (VideoCodec.H264, "High 10") => 110,
        (VideoCodec.H264, "High 4:2:2") => 122,
        (VideoCodec.H264, "High 4:4:4 Predictive") => 244,
        (VideoCodec.H265, "Main") => 1,
        (VideoCodec.H265, "Main 10") => 2,
        (VideoCodec.H265, "Rext") => 4,
        _ => throw new ArgumentException($"Unknown profile {profile}."),
    };
}
