using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>The platform gives another plan in the middle of an event.</summary>
public sealed class PlanTests(Sources sources)
{
    [Fact]
    public async Task EventPlanBecomesCloud_TheClipGoesOnAsTheRecording()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.Event(20, 24);
        scene.PlanChanges(22, GatewayPlan.Cloud);

        await scene.Camera.PlayAsync(36);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        recording.AssertHolds(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(36));
        recording.AssertSoundIsTheCameras();
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }

    [Fact]
    public async Task CloudPlanBecomesEvent_TheRecordingEndsWithThePostRoll()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud);
        scene.Event(20, 24);
        scene.AllArrivesBefore(22); // what is on its way without a flag is not recorded on the new plan
        scene.PlanChanges(22, GatewayPlan.Event);

        await scene.Camera.PlayAsync(36);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        recording.AssertHolds(TimeSpan.Zero, TimeSpan.FromSeconds(34));
        Assert.True(recording.Count <= 34.2 * SourceClip.FramesPerSecond, $"{recording} goes on after the post-roll.");
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }

    [Fact]
    public async Task EventPlanExpires_NothingThatIsCapturedAfterItIsSent()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.Event(20, 26);
        scene.MediaArrivesBefore(22);
        scene.PlanChanges(22, GatewayPlan.Expired);

        await scene.Camera.PlayAsync(34);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        PictureRun run = recording.AssertIsOnePiece();
        Assert.True(run.First <= 15 * SourceClip.FramesPerSecond, recording.ToString());
        Assert.True(run.Last < 22 * SourceClip.FramesPerSecond, recording.ToString());
        Assert.Equal(run.Count, scene.Counters.VideoPackages);
        Assert.DoesNotContain(scene.Clips, clip => clip.IsWhole);
    }

    [Fact]
    public async Task Expired_IsSentOnlyWhileSomebodyWatches()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Expired);
        scene.Event(8, 9); // changes nothing
        scene.ViewerStarts(12);
        scene.MediaArrivesBefore(13);
        scene.ViewerEnds(20);

        await scene.Camera.PlayAsync(24);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        PictureRun run = recording.AssertIsOnePiece();
        Assert.InRange(run.First, 10 * SourceClip.FramesPerSecond, 12 * SourceClip.FramesPerSecond); // the newest key frame
        Assert.True(run.Last < 20 * SourceClip.FramesPerSecond, recording.ToString());
        Assert.Equal(2, scene.Platform.Server.Events.Count);
        Assert.Empty(scene.Clips);
    }
}
