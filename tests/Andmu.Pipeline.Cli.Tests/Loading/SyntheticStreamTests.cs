using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Cli.Loading;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Cli.Tests.Loading;

public sealed class SyntheticStreamTests
{
    [Theory]
    [InlineData(25, 2000)]
    [InlineData(30, 8000)]
    [InlineData(10, 400)]
    public void AccessUnits_Sizes_AreThoseOfACamera(int fps, int kbps)
    {
        var stream = new SyntheticStream(fps, kbps, new Random(1));

        Assert.Equal(2 * fps, stream.GopLength);
        Assert.Equal(2 * stream.GopLength, stream.AccessUnits.Length);
        double bits = stream.AccessUnits.Sum(static unit => (long)unit.Length) * 8;
        Assert.InRange(bits / 4000, kbps * 0.99, kbps * 1.01);
        int[] pictures = [.. stream.AccessUnits[1..stream.GopLength].Select(static unit => unit.Length)];
        Assert.InRange(stream.AccessUnits[0].Length / pictures.Average(), 5, 7);
        Assert.True(pictures.Distinct().Count() > 3);
    }

    [Fact]
    public void AccessUnits_Written_AreWholeGops()
    {
        var stream = new SyntheticStream(25, 2000, new Random(1));
        var buffer = new MediaBuffer();
        MediaTrack video = MediaTrack.AddVideo(buffer, VideoCodec.H264);

        Assert.All(stream.AccessUnits, unit => Assert.Equal(WriteResult.Written, video.TryWrite(unit, TimeSpan.Zero)));

        Assert.Equal(2, buffer.Written.Gops);
        Assert.Equal((1280, 720), (video.Format!.Width, video.Format.Height));
    }

    [Theory]
    [InlineData(25, 2000)]
    [InlineData(60, 100)]
    [InlineData(10, 50_000)]
    public async Task AccessUnits_OverAndOver_FfmpegDecodesEachPicture(int fps, int kbps)
    {
        var stream = new SyntheticStream(fps, kbps, new Random(1));
        using var folder = new TemporaryFolder();
        byte[] twice = [.. stream.AccessUnits.Concat(stream.AccessUnits).SelectMany(static unit => unit)];
        string path = folder.Write("load.h264", twice);

        await Recording.DecodeAsync(path);

        string[] streams = await Recording.StreamsAsync(path);
        Assert.Equal($"h264,{2 * stream.AccessUnits.Length}", Assert.Single(streams).Replace(",N/A", "", StringComparison.Ordinal));
    }
}
