using Andmu.Pipeline.Cli.Sources;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Cli.Tests.Sources;

public sealed class VideoFileTests
{
    public static TheoryData<bool> KeptOrNot => [true, false];

    [Theory]
    [MemberData(nameof(KeptOrNot))]
    public async Task ReadAsync_ThreeRounds_SamePicturesAndEveryRoundStartsWhereItDoes(bool kept)
    {
        using IVideoRounds video = await OpenAsync(kept, times: 3);
        var lengths = new List<int>();
        var starts = new List<int>();
        while (await video.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (video.StartsRound)
            {
                starts.Add(lengths.Count);
            }

            lengths.Add(video.AccessUnit.Length);
        }

        Assert.Equal([Clip.Frames, 2 * Clip.Frames], starts);
        Assert.Equal(3 * Clip.Frames, lengths.Count);
        Assert.Equal(lengths[..Clip.Frames], lengths[Clip.Frames..(2 * Clip.Frames)]);
        Assert.Equal(1, video.Progress);
    }

    [Fact]
    public async Task OpenAsync_Clip_CodecAndRateOfTheStream()
    {
        using VideoFile video = await VideoFile.OpenAsync(Clip.Video, codec: null, times: 1, TestContext.Current.CancellationToken);

        Assert.Equal((VideoCodec.H264, 25.0), (video.Codec, video.FrameRate));
    }

    [Fact]
    public async Task OpenAsync_Repeated_KeptByteForByte()
    {
        using IVideoRounds kept = await OpenAsync(kept: true, times: 2);
        using IVideoRounds streamed = await OpenAsync(kept: false, times: 2);
        while (await streamed.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(await kept.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(streamed.AccessUnit.Span, kept.AccessUnit.Span);
        }

        Assert.False(await kept.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(KeptOrNot))]
    public async Task ReadAsync_SteadyState_AllocatesNothing(bool kept)
    {
        using IVideoRounds video = await OpenAsync(kept, times: 3);
        for (int i = 0; i < Clip.Frames + 10; i++)
        {
            await video.ReadAsync(CancellationToken.None);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Clip.Frames; i++)
        {
            Assert.True(await video.ReadAsync(CancellationToken.None)); // never suspends, so it stays on this thread
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static async Task<IVideoRounds> OpenAsync(bool kept, int times)
    {
        FileStream file = InputFile.Open(Clip.Video, "--input");
        return kept
            ? await KeptRounds.ReadAsync(file, VideoCodec.H264, times, TestContext.Current.CancellationToken)
            : new StreamedRounds(file, VideoCodec.H264, times);
    }
}
