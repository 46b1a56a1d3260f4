using Andmu.Pipeline.Media.Audio;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>The demo clip in the repository is what its script says.</summary>
public sealed class ClipTests
{
    [Fact]
    public async Task ClipH264_Committed_HasItsPicturesKeyFramesAndFormat()
    {
        await using FileStream stream = File.OpenRead(Clip("clip.h264"));

        List<Picture> pictures = await Picture.ReadAllAsync(stream, VideoCodec.H264);

        Assert.Equal(500, pictures.Count);
        int[] keyFrames = [.. pictures.Index().Where(item => item.Item.Info.IsRandomAccess).Select(item => item.Index)];
        Assert.Equal([0, 50, 100, 150, 200, 250, 300, 350, 400, 450], keyFrames);
        Assert.All(keyFrames, index => Assert.True(pictures[index].AccessUnit.AsSpan().IndexOf(pictures[index].ParameterSets) >= 0));
        Assert.All(pictures, picture => Assert.Equal(new VideoFormat(VideoCodec.H264, 1280, 720, 25, Profile: 77, Level: 31), picture.Format));
        Assert.DoesNotContain(pictures, picture => picture.Info.IsDisposable);
    }

    [Fact]
    public void ClipALaw_Committed_IsTwentySecondsOfSound()
    {
        byte[] codes = File.ReadAllBytes(Clip("clip.alaw"));

        Assert.Equal(20 * 8000, codes.Length);
        Assert.Contains(codes, code => Math.Abs((int)ALaw.Decode(code)) > 1000);
    }

    private static string Clip(string name) => Path.Combine(AppContext.BaseDirectory, "Clip", name);
}
