using Andmu.Pipeline.Gateway;
using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>The encoder is switched to another resolution (specification 5.2.11, subRequest 30).</summary>
public sealed class ResolutionTests(Sources sources)
{
    [Fact]
    public async Task SwitchInTheMiddle_BothStretchesAreRecordedAndThePlatformIsTold()
    {
        await using Scene scene = await Scene.StartAsync(await sources.Switched, GatewayPlan.Cloud);

        await scene.Camera.PlayAsync(20);
        GatewayNotice first = await scene.NextAsync(GatewayNoticeKind.ResolutionChanged);
        GatewayNotice switched = await scene.NextAsync(GatewayNoticeKind.ResolutionChanged);
        RecordedClip[] recordings = await scene.FinishAsync();

        Assert.Equal(("640x360", "320x240"), (first.Text, switched.Text));
        Assert.Equal(
            [new PictureRun(0, 249, 250), new PictureRun(250, 499, 250)],
            recordings.Select(recording => recording.AssertIsOnePiece()));
        Assert.Equal("640,360", await Ffmpeg.ProbeAsync(recordings[0].Path, "v:0", "stream=width,height"));
        Assert.Equal("320,240", await Ffmpeg.ProbeAsync(recordings[1].Path, "v:0", "stream=width,height"));
        Assert.True(scene.Audit.TimelineRestarts > 0); // media time starts again at 0
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }
}
