using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Tests.Recording;

public sealed class RecorderTests
{
    [Theory]
    [InlineData(VideoCodec.H264, 0, "")]
    [InlineData(VideoCodec.H264, 3, "")]
    [InlineData(VideoCodec.H265, 0, "")]
    [InlineData(VideoCodec.H265, 3, ":open-gop=0")]
    [InlineData(VideoCodec.H265, 4, ":open-gop=1")]
    public void Record_RealStreamWithSound_KeepsEveryPictureAndSample(VideoCodec codec, int bFrames, string options)
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, codec, seconds: 3, options: options, bFrames: bFrames);
        byte[] sound = RecordingBench.Sound(3 * 8000);

        bench.Add(clip, RecordingBench.Interleave(clip.Packages(), bench.Audio(sound)));

        RecordingInfo recording = bench.FinishSingle();
        Assert.Equal(75, recording.Frames);
        Assert.Equal(TimeSpan.FromSeconds(3), recording.Duration);
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(recording.Path));
        Assert.Equal(RecordingBench.Decode(sound), bench.DecodedAudio(recording.Path));
        string[] streams = Ffmpeg.Probe(
            "-show_entries", "stream=codec_name,codec_tag_string,width,height,sample_rate,channels", "-of", "compact=p=0", recording.Path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string name = codec == VideoCodec.H265 ? "codec_name=hevc|codec_tag_string=hvc1" : "codec_name=h264|codec_tag_string=avc1";
        Assert.Equal($"{name}|width=160|height=96", streams[0]);
        Assert.Equal("codec_name=flac|codec_tag_string=fLaC|sample_rate=8000|channels=1", streams[1]);
    }

    [Fact]
    public void Record_Finished_TellsItsDurationAndStartsBothTracksTogether()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 4);
        bench.Add(clip, RecordingBench.Interleave(clip.Packages(), bench.Audio(RecordingBench.Sound(4 * 8000))));

        string path = bench.FinishSingle().Path;

        string[] values = Ffmpeg.Probe("-show_entries", "format=duration,start_time:stream=start_time", "-of", "csv=p=0", path)
            .Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        Assert.Equal([0, 0, 0, 4], numbers);
        Assert.EndsWith("/recordings/110234567894562/20260102T030405000Z.mp4", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_AcrossTheWrapOfTheMediaClock_IsOneFile()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 4);
        uint start = uint.MaxValue - 1499;
        byte[] sound = RecordingBench.Sound(4 * 8000);

        bench.Add(clip, RecordingBench.Interleave(clip.Packages(start, uint.MaxValue - 40), bench.Audio(sound, timeOffset: start)));

        RecordingInfo recording = bench.FinishSingle();
        Assert.Equal(TimeSpan.FromSeconds(4), recording.Duration);
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(recording.Path));
        Assert.Equal(RecordingBench.Decode(sound), bench.DecodedAudio(recording.Path));
    }

    [Fact]
    public void Record_SentAgainAfterReconnect_HasEveryPictureOnce()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 3);
        byte[] sound = RecordingBench.Sound(3 * 8000);
        TDMediaPackage[] all = [.. RecordingBench.Interleave(clip.Packages(), bench.Audio(sound))];
        int cut = Array.FindIndex(all, p => p.PackageType == 2 && p.SeqNum == 40);
        // Back to the key frame before the last whole GOP: 25 is the key frame of the broken one, 0 that of the one before.
        TDMediaPackage[] again = [.. all.Where(p => p.StartTime < 500 || p.PackageType == 2), .. all.Where(p => p.PackageType == 1)];

        bench.Add(clip, all[..cut]);
        bench.Add(clip, again);

        RecordingInfo recording = bench.FinishSingle();
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(recording.Path));
        Assert.Equal(RecordingBench.Decode(sound), bench.DecodedAudio(recording.Path));
    }

    [Fact]
    public void Record_ParameterSetsChange_BeginsASecondFile()
    {
        using var bench = new RecordingBench();
        EncodedClip large = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2, size: "320x180");
        EncodedClip small = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2, size: "160x96");

        bench.Add(large, large.Packages());
        bench.Add(small, small.Packages(timeOffset: 2000, firstNumber: 50));
        bench.Pool.Close();

        Assert.Equal([(320, 180), (160, 96)], bench.Recordings.Select(r => (r.Width, r.Height)));
        Assert.Equal(Ffmpeg.PictureHashes(large.Path), Ffmpeg.PictureHashes(bench.Recordings[0].Path));
        Assert.Equal(Ffmpeg.PictureHashes(small.Path), Ffmpeg.PictureHashes(bench.Recordings[1].Path));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(20_000u)]
    public void Record_ClockJumps_BeginsASecondFile(uint secondStart)
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);

        bench.Add(clip, clip.Packages());
        bench.Add(clip, clip.Packages(timeOffset: secondStart, firstNumber: 50));
        bench.Pool.Close();

        Assert.Equal(2, bench.Recordings.Count);
        Assert.All(bench.Recordings, recording =>
        {
            Assert.Equal(50, recording.Frames);
            Ffmpeg.AssertDecodesWithoutComplaint(recording.Path);
        });
    }

    [Fact]
    public void Record_ShortGap_StaysOneFileInStep()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 3, bFrames: 0);
        byte[] sound = RecordingBench.Sound(3 * 8000);

        // The second GOP and the sound under it were dropped.
        bench.Add(clip, RecordingBench.Interleave(clip.Packages(), bench.Audio(sound)).Where(p => p.StartTime is < 1000 or >= 2000));

        RecordingInfo recording = bench.FinishSingle();
        Assert.Equal(50, recording.Frames);
        Assert.Equal(TimeSpan.FromSeconds(3), recording.Duration);
        byte[] expected = RecordingBench.Decode(sound);
        Array.Clear(expected, 16000, 16000);
        Assert.Equal(expected, bench.DecodedAudio(recording.Path));
    }

    [Fact]
    public void Record_SilentFor30Seconds_FinishesTheFile()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);
        bench.Add(clip, clip.Packages().Take(40));

        bench.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(Assert.Single(bench.Recordings).IsFinished);
        bench.Time.Advance(TimeSpan.FromSeconds(6));

        RecordingInfo recording = Assert.Single(bench.Recordings);
        Assert.True(recording.IsFinished);
        Assert.Equal(38, recording.Frames); // two of the forty packages were parameter sets
        Assert.Contains(bench.Notices, notice => notice.Kind == GatewayNoticeKind.RecordingClosed);
    }

    [Fact]
    public void Record_ProcessDies_PlaysUpToTheLastWholeGop()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 3);
        bench.Add(clip, clip.Packages());
        string copy = bench.Directory.File("as-left-by-a-crash.mp4");
        File.Copy(Assert.Single(bench.Recordings).Path, copy);

        Ffmpeg.AssertDecodesWithoutComplaint(copy);
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path)[..50], Ffmpeg.PictureHashes(copy));
    }

    [Fact]
    public void Record_WithoutParameterSets_SaysSoOnce()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);

        bench.Add(clip, clip.Packages().Where(p => p.PackageType == 2));
        bench.Pool.Close();

        Assert.Empty(bench.Recordings);
        Assert.Single(bench.Notices, notice => notice.Kind == GatewayNoticeKind.RecordingProblem);
    }

    [Fact]
    public void Record_SetsWithinTheAccessUnits_WorksToo()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H265, seconds: 2);

        bench.Add(clip, clip.Packages().Where(p => p.PackageType == 2).Select(p => p.Sync == 1
            ? EncodedClip.Package(2, 1, [.. clip.Sets, .. p.Data.Span], p.StartTime, p.SeqNum)
            : p));

        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(bench.FinishSingle().Path));
    }

    [Fact]
    public void Record_SoundThatBeginsLater_BeginsAFileWithSound()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 3);
        byte[] sound = RecordingBench.Sound(8000);

        bench.Add(clip, RecordingBench.Interleave(clip.Packages(), bench.Audio(sound, timeOffset: 2000)));
        bench.Pool.Close();

        Assert.Equal([false, true], bench.Recordings.Select(r => r.HasAudio));
        Assert.Equal(RecordingBench.Decode(sound), bench.DecodedAudio(bench.Recordings[1].Path));
    }

    [Fact]
    public void Record_SoundThatLagsHalfASecond_LosesNoSample()
    {
        using var bench = new RecordingBench();
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 3);
        byte[] sound = RecordingBench.Sound(3 * 8000);
        // Sorted by arrival: a pack arrives half a second after its picture.
        IEnumerable<TDMediaPackage> late = clip.Packages().Select((p, i) => (Arrival: (long)i * 40, Package: p))
            .Concat(bench.Audio(sound).Select(p => (Arrival: (long)p.StartTime + 500, Package: p)))
            .OrderBy(p => p.Arrival).Select(p => p.Package);

        bench.Add(clip, late);

        Assert.Equal(RecordingBench.Decode(sound), bench.DecodedAudio(bench.FinishSingle().Path));
    }

    [Fact]
    public void Record_FullDisk_StopsWithOneNoticeAndAPlayableFile()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("small.mp4");
        using var bench = new RecordingBench((_, _) => (path, new SmallDisk(path, 100_000)));
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 6, size: "320x180");

        bench.Add(clip, clip.Packages());
        bench.Pool.Close();

        GatewayNotice notice = Assert.Single(bench.Notices, n => n.Kind == GatewayNoticeKind.RecordingProblem);
        Assert.Contains("No space left on device", notice.Text, StringComparison.Ordinal);
        Ffmpeg.AssertDecodesWithoutComplaint(path);
        string[] pictures = Ffmpeg.PictureHashes(path);
        Assert.InRange(pictures.Length, 25, 125);
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path)[..pictures.Length], pictures);
    }
}
