using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>A network that is away for less than the buffer holds.</summary>
public sealed class OutageTests(Sources sources)
{
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
