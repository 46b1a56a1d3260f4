using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Upload;
using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>A network that is steadily slower than the camera: whole GOPs are given up, what is sent is never old, and all of it decodes.</summary>
public sealed class CongestionTests(Sources sources)
{
    private static readonly CongestionOptions Congestion = new();

    private static readonly TimeSpan LongestGop = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task HalfTheBitRateForAMinute_LatencyAndMemoryStayBoundedAndItComesBackToLive()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud);
        var backlogs = new List<TimeSpan>();
        long early = 0;
        long late = 0;
        scene.Camera.At(5, () => scene.Network.Link.BytesPerSecond = scene.Source.BytesPerSecond / 2);
        scene.Camera.At(25, () => early = GC.GetTotalMemory(forceFullCollection: true));
        scene.Camera.At(64, () => late = GC.GetTotalMemory(forceFullCollection: true));
        scene.Camera.At(65, () => scene.Network.Link.BytesPerSecond = null);
        scene.Camera.Every(0.1, from: 5, to: 75, () => backlogs.Add(BacklogOf(scene)));

        await scene.Camera.PlayAsync(75);
        RecordedClip[] recordings = await scene.FinishAsync();

        AssertIsWholeGopsAndTheRestIsOwnedUpTo(scene, recordings, 75);
        TimeSpan bound = Congestion.HighBacklog + Congestion.TrendWindow + LongestGop + (2 * scene.Camera.Lateness);
        Assert.True(backlogs.Max() <= bound, $"A backlog of {backlogs.Max()}, at most {bound}; the camera was late by {scene.Camera.Lateness}.");
        Assert.True(backlogs[^1] <= Congestion.LowBacklog + scene.Camera.Lateness, $"Still {backlogs[^1]} behind ten seconds after.");
        Assert.True(late - early < 8 * 1024 * 1024, $"{late - early} bytes more in use after 40 s of congestion.");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"greatest backlog {backlogs.Max()}, bound {bound}, camera late by {scene.Camera.Lateness}, heap {late - early:+#;-#;0} bytes");
    }

    [Fact]
    public async Task HalfTheBitRate_OpenGops_NothingIsSentThatRefersToWhatWasNot()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H265, GatewayPlan.Cloud);
        scene.Camera.At(3, () => scene.Network.Link.BytesPerSecond = scene.Source.BytesPerSecond / 2);
        scene.Camera.At(40, () => scene.Network.Link.BytesPerSecond = null);

        await scene.Camera.PlayAsync(45);
        RecordedClip[] recordings = await scene.FinishAsync();

        AssertIsWholeGopsAndTheRestIsOwnedUpTo(scene, recordings, 45);
        Assert.True(scene.Buffer.Drops[DropReason.Leading].VideoPackages > 0);
    }

    private static TimeSpan BacklogOf(Scene scene) => TimeSpan.FromMilliseconds(scene.Uplink.Statistics.Fill.UnsentMs);

    private static void AssertIsWholeGopsAndTheRestIsOwnedUpTo(Scene scene, RecordedClip[] recordings, int seconds)
    {
        MediaTotals dropped = scene.Uplink.Statistics.Dropped;
        Assert.True(dropped.Gops > 0, "Nothing had to be given up: the network was not slow.");
        Assert.All(recordings, recording => recording.AssertRunsStartAtKeyFrames());
        Assert.Equal(seconds * SourceClip.FramesPerSecond, recordings.Sum(recording => recording.Count) + dropped.VideoPackages);
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }
}
