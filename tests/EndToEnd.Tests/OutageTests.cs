using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>A network that is away for less than the buffer holds.</summary>
public sealed class OutageTests(Sources sources)
{
    /// <summary>Headers of packets and TLS, and what is sent again after a reconnect.</summary>
    private const double Overhead = 1.1;

    /// <summary>What may go at once before the pace is kept.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task CutAndAwayForTenSeconds_NothingIsLost()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud);
        scene.Camera.At(8, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(10)));

        await scene.Camera.PlayAsync(30);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        Assert.True(scene.Uplink.Statistics.Logins > 1);
        PictureRun all = recording.AssertIsOnePiece();
        Assert.Equal(0, all.First);
        Assert.Equal(30 * SourceClip.FramesPerSecond, all.Count);
        recording.AssertSoundIsTheCameras();
    }

    [Fact]
    public async Task AwayForTwentySeconds_ItIsCaughtUpWithAtTheRateAskedFor()
    {
        const double Rate = 3;
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud, options => options with { CatchUpRate = Rate });
        var passed = new List<(TimeSpan Before, TimeSpan After, long Bytes)>();
        scene.Camera.At(5, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(20)));
        scene.Camera.Every(0.1, from: 5, to: 55, () =>
        {
            TimeSpan before = scene.Time.GetElapsedTime(0); // read on both sides: the machine may pause in between
            long bytes = scene.Network.BytesPassed;
            passed.Add((before, scene.Time.GetElapsedTime(0), bytes));
        });

        await scene.Camera.PlayAsync(55);
        PictureRun all = Assert.Single(await scene.FinishAsync()).AssertIsOnePiece();

        Assert.Equal(55 * SourceClip.FramesPerSecond, all.Count);
        foreach ((TimeSpan from, _, long bytes) in passed)
        {
            foreach ((_, TimeSpan to, long later) in passed.Where(sample => sample.Before > from && sample.After - from < TimeSpan.FromSeconds(3)))
            {
                double media = scene.Source.MostBytesIn(((to - from) * Rate) + Burst) * Overhead;
                Assert.True(later - bytes <= media + FaultProxy.HiddenBytes, $"{later - bytes} bytes passed in {to - from}, at most {media}.");
            }
        }
    }

    [Fact]
    public async Task StalledForTenSeconds_NothingIsLost()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H265, GatewayPlan.Cloud);
        scene.Camera.At(8, () => scene.Network.Link.Stall(TimeSpan.FromSeconds(10)));

        await scene.Camera.PlayAsync(30);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        PictureRun all = recording.AssertIsOnePiece();
        Assert.Equal(0, all.First);
        Assert.Equal(30 * SourceClip.FramesPerSecond, all.Count);
    }
}
