using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>Media over real TLS into the local platform, which reads the wire with code of its own.</summary>
public sealed class UploadTests
{
    [Fact]
    public async Task WholeClip_AtFullSpeed_IsRecordedPictureByPicture()
    {
        Clip clip = await Clip.ReadAsync();
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        var buffer = new MediaBuffer();
        await using UplinkSession uplink = platform.NewUplink(buffer);
        uplink.Start();

        await WriteAllAsync(buffer, clip);
        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken));
        StreamAuditReport audit = platform.Device.Audit;
        DeviceCounters counters = platform.Device.Counters;
        UplinkStatistics statistics = uplink.Statistics;
        await uplink.StopAsync();

        Assert.True(audit.Violations == 0, audit.ToString());
        Assert.Equal(clip.Pictures.Count, counters.VideoPackages);
        Assert.Equal(clip.Sound.Length / Clip.AudioPackBytes, counters.AudioPackages);
        Assert.Equal(0, statistics.Dropped.Packages);
        Assert.Equal(0, statistics.Resent.Packages);

        string recording = Assert.Single(await platform.FinishRecordingsAsync());
        await AssertRecordsAsync(recording, clip);
    }

    [Theory]
    [InlineData("x265 with B-frames and open GOPs", VideoCodec.H265, "libx265", "-x265-params", "log-level=none:keyint=25:open-gop=1:bframes=3")]
    [InlineData("x265 with several slices and repeated headers", VideoCodec.H265, "libx265", "-x265-params", "log-level=none:keyint=10:bframes=0:slices=4:repeat-headers=1")]
    [InlineData("x264 with B-frames, slices, delimiters", VideoCodec.H264, "libx264", "-x264-params", "keyint=25:bframes=3:slices=4:aud=1")]
    [InlineData("x264 with intra refresh", VideoCodec.H264, "libx264", "-x264-params", "keyint=25:bframes=0:intra-refresh=1")]
    public async Task Stream_AsEncodersMakeThem_IsRecordedPictureByPicture(string what, VideoCodec codec, string encoder, string option, string value)
    {
        string folder = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        string file = Path.Combine(folder, codec == VideoCodec.H264 ? "stream.h264" : "stream.h265");
        string container = Path.Combine(folder, "stream.mp4");
        await Ffmpeg.MakeAsync(container, "testsrc2=size=320x240:rate=25:duration=4", "-c:v", encoder, "-pix_fmt", "yuv420p", option, value);
        TimeSpan[] times = await Ffmpeg.ExtractAsync(container, file);
        Clip clip = await Clip.ReadAsync(file, codec, times);
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        var buffer = new MediaBuffer();
        await using UplinkSession uplink = platform.NewUplink(buffer, stream: new StreamDescription { VideoCodec = codec });
        uplink.Start();

        await WriteAllAsync(buffer, clip, codec);
        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken), what);
        await uplink.StopAsync();

        string recording = Assert.Single(await platform.FinishRecordingsAsync());
        Assert.Equal("", await Ffmpeg.ComplaintsAsync(recording));
        Assert.Equal(await Ffmpeg.PictureHashesAsync("-i", container), await Ffmpeg.PictureHashesAsync("-i", recording));
        Directory.Delete(folder, recursive: true);
    }

    internal static async Task WriteAllAsync(MediaBuffer buffer, Clip clip, VideoCodec codec = VideoCodec.H264)
    {
        MediaTrack video = MediaTrack.AddVideo(buffer, codec);
        MediaTrack audio = MediaTrack.AddAudio(buffer);
        DateTimeOffset start = DateTimeOffset.UtcNow;
        foreach ((bool isVideo, byte[] data, TimeSpan time) in clip.Units())
        {
            MediaTrack track = isVideo ? video : audio;
            Assert.Equal(WriteResult.Written, await track.WriteAsync(data, time, start + time, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Every picture of the clip once, in order, and its sound; readable by a strict player.</summary>
    internal static async Task AssertRecordsAsync(string recording, Clip clip)
    {
        Assert.Equal("", await Ffmpeg.ComplaintsAsync(recording));
        Assert.Equal(await Ffmpeg.PictureHashesAsync("-i", Clip.VideoPath), await Ffmpeg.PictureHashesAsync("-i", recording));
        Assert.Equal(
            await Ffmpeg.SoundHashAsync("-f", "alaw", "-ar", "8000", "-ac", "1", "-i", Clip.SoundPath),
            await Ffmpeg.SoundHashAsync("-i", recording));
        Assert.Equal("h264,1280,720", await Ffmpeg.ProbeAsync(recording, "v:0", "stream=codec_name,width,height"));
        Assert.Equal("flac,8000,1", await Ffmpeg.ProbeAsync(recording, "a:0", "stream=codec_name,sample_rate,channels"));
        double seconds = double.Parse(await Ffmpeg.ProbeAsync(recording, "v:0", "format=duration"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(clip.Pictures.Count / Clip.FramesPerSecond, seconds, tolerance: 0.1);
    }
}
