using EndToEnd.Tests.Support;
using Xunit.Sdk;

namespace EndToEnd.Tests;

/// <summary>The judge itself: it must be able to find fault.</summary>
public sealed class RecordedClipTests(Sources sources)
{
    [Fact]
    public async Task RunsOf_Gap_IsTwoRuns() => Assert.Equal(
        [new PictureRun(3, 5, 3), new PictureRun(9, 10, 2)], RecordedClip.RunsOf(await sources.H264, [3, 4, 5, 9, 10]));

    [Fact]
    public async Task RunsOf_OpenGopWithoutItsLeadingPictures_IsOneRun()
    {
        // Decoding order is 48, 50 (CRA), 49, 54, 52, 51, 53, ...: without 49, which refers to what lay before, it is still all there.
        SourceClip source = await sources.H265;
        Assert.Equal([50, 49], source.Pictures.Skip(49).Take(2).Select(picture => picture.Number));

        Assert.Equal([new PictureRun(50, 52, 4)], RecordedClip.RunsOf(source, [50, 51, 52, 54]));
        Assert.Equal([new PictureRun(50, 50, 2), new PictureRun(53, 53, 1)], RecordedClip.RunsOf(source, [50, 53, 54]));
    }

    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(3, 4, 3)]
    public async Task RunsOf_PictureAgain_IsRefused(params int[] numbers)
    {
        SourceClip source = await sources.H264;
        Assert.ThrowsAny<XunitException>(() => RecordedClip.RunsOf(source, numbers));
    }

    [Fact]
    public async Task ReadAsync_StretchOfTheSource_IsFoundWhereItIs()
    {
        SourceClip source = await sources.H264;
        string folder = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        string stream = Path.Combine(folder, "part.h264");
        string file = Path.Combine(folder, "part.mp4");
        await File.WriteAllBytesAsync(stream, [.. source.Pictures.Skip(100).Take(75).SelectMany(picture => picture.Data)], TestContext.Current.CancellationToken);
        await Ffmpeg.RemuxAsync(stream, file);

        RecordedClip clip = await RecordedClip.ReadAsync(file, source);

        Assert.Equal(new PictureRun(100, 174, 75), clip.AssertIsOnePiece());
        clip.AssertHolds(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7));
        Assert.ThrowsAny<XunitException>(() => clip.AssertHolds(TimeSpan.FromSeconds(3.96), TimeSpan.FromSeconds(7)));
        Assert.ThrowsAny<XunitException>(() => clip.AssertHolds(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7.04)));
        Assert.ThrowsAny<XunitException>(clip.AssertSoundIsTheCameras); // it has none
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task ReadAsync_PictureMissingInAGop_IsRefused()
    {
        SourceClip source = await sources.H264;
        string folder = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        string stream = Path.Combine(folder, "part.h264");
        string file = Path.Combine(folder, "part.mp4");
        IEnumerable<SourcePicture> holed = source.Pictures.Skip(100).Take(75).Where(picture => picture.Number != 120);
        await File.WriteAllBytesAsync(stream, [.. holed.SelectMany(picture => picture.Data)], TestContext.Current.CancellationToken);
        await Ffmpeg.RemuxAsync(stream, file);

        await Assert.ThrowsAnyAsync<XunitException>(() => RecordedClip.ReadAsync(file, source));
        Directory.Delete(folder, recursive: true);
    }
}
