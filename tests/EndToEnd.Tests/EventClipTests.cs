using Andmu.Pipeline;
using Andmu.Pipeline.Upload;
using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>The event-recording plan: an event's clip has all of its pre-roll and post-roll, whatever the network does, and nothing else is sent.</summary>
public sealed class EventClipTests(Sources sources)
{
    /// <summary>More than this after a clip's end is waste: the reordering of B-frames, and a picture to see that it is over.</summary>
    private static readonly TimeSpan EndSlack = TimeSpan.FromMilliseconds(200);

    public enum Encoder
    {
        H264,
        H264OddGops,
        H265,
    }

    public enum Trouble
    {
        SlowerThanTheCamera,
        StalledInTheMiddle,
        CutInTheMiddle,
        AwayThroughoutTheEvent,
    }

    [Theory]
    [InlineData(Encoder.H264)]
    [InlineData(Encoder.H264OddGops)]
    [InlineData(Encoder.H265)]
    public async Task Event_IsOneWholeClipAndNothingElse(Encoder encoder)
    {
        await using Scene scene = await Scene.StartAsync(await SourceAsync(encoder), GatewayPlan.Event);
        scene.Event(20.5, 23);
        scene.Camera.At(20.4, () => Assert.Equal(0, scene.Platform.Device.Counters.MediaBytes));

        await scene.Camera.PlayAsync(35);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        AssertIsClip(clip, eventAt: 20.5, eventEnd: 23);
        Assert.Equal(clip.Count, scene.Counters.VideoPackages); // what was recorded is all that was sent
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
        AssertReported(scene, (20.5, 1), (23, 0));
        EventClipReport report = Assert.Single(scene.Clips);
        Assert.True(report.IsWhole, report.ToString());
        Assert.Equal(scene.Camera.TimeOf(TimeSpan.FromSeconds(20.5)), report.EventTime);
    }

    [Fact]
    public async Task OverlappingEventsAndOneInThePostRoll_AreOneClip()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.Event(16, 20);
        scene.Event(18, 22, DeviceEventType.Sound);
        scene.Event(28, 29, DeviceEventType.HumanShape);

        await scene.Camera.PlayAsync(41);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        AssertIsClip(clip, eventAt: 16, eventEnd: 29);
        Assert.Equal(clip.Count, scene.Counters.VideoPackages);
        Assert.Equal(3, Assert.Single(scene.Clips).Events);
        Assert.Equal(6, scene.Platform.Server.Events.Count);
    }

    [Fact]
    public async Task EventsThirtySecondsApart_AreTwoClips()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.Event(12, 13);
        scene.Event(42, 43);

        await scene.Camera.PlayAsync(55);
        RecordedClip[] clips = await scene.FinishAsync();

        Assert.Equal(2, clips.Length);
        AssertIsClip(clips[0], eventAt: 12, eventEnd: 13);
        AssertIsClip(clips[1], eventAt: 42, eventEnd: 43);
        Assert.Equal(clips.Sum(clip => clip.Count), scene.Counters.VideoPackages);
        Assert.True(scene.Clips is [{ IsWhole: true }, { IsWhole: true }], string.Join('\n', scene.Clips));
    }

    [Fact]
    public async Task PersonCount_IsReportedAndUploadsNothing()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.Event(8, 9, DeviceEventType.PersonCount);

        await scene.Camera.PlayAsync(12);
        RecordedClip[] clips = await scene.FinishAsync();

        Assert.Empty(clips);
        Assert.Equal(0, scene.Counters.MediaBytes);
        Assert.Equal(2, scene.Platform.Server.Events.Count);
    }

    [Theory]
    [InlineData(Trouble.SlowerThanTheCamera, Encoder.H264)]
    [InlineData(Trouble.StalledInTheMiddle, Encoder.H264OddGops)]
    [InlineData(Trouble.CutInTheMiddle, Encoder.H264)]
    [InlineData(Trouble.CutInTheMiddle, Encoder.H265)]
    [InlineData(Trouble.AwayThroughoutTheEvent, Encoder.H264)]
    public async Task Event_OnABadNetwork_IsStillWhole(Trouble trouble, Encoder encoder)
    {
        SourceClip source = await SourceAsync(encoder);
        await using Scene scene = await Scene.StartAsync(source, GatewayPlan.Event);
        scene.Event(20, 24);
        Make(trouble, scene);

        await scene.Camera.PlayAsync(41);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        AssertIsClip(clip, eventAt: 20, eventEnd: 24);
        AssertReported(scene, (20, 1), (24, 0)); // at least once: what may have been lost with a connection is said again
        EventClipReport report = Assert.Single(scene.Clips);
        Assert.True(report.IsWhole, report.ToString());
    }

    [Fact]
    public async Task ViewerHasWatchedThePreRoll_TheFlagTurnsAndNothingIsSentTwice()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.ViewerStarts(5);
        scene.Event(20, 21);

        await scene.Camera.PlayAsync(33);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        clip.AssertHolds(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(31)); // the platform's cache, and what followed
        Assert.Equal(0, scene.Uplink.Statistics.Resent.Packages);
        Assert.Equal(0, scene.Audit.ResentPackages);
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
        Assert.True(scene.Counters.VideoPackages > clip.Count); // the viewer saw more than was recorded
    }

    [Fact]
    public async Task ViewerHasJustCome_ThePreRollIsSentAgainForTheRecording()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.ViewerStarts(17);
        scene.MediaArrivesBefore(18.5);
        scene.Event(20, 21);

        await scene.Camera.PlayAsync(33);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        clip.AssertHolds(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(31));
        Assert.True(scene.Audit.ResentPackages > 0);
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }

    [Fact]
    public async Task ViewerHasLeftBefore_ThePreRollComesFromTheDevice()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Event);
        scene.ViewerStarts(5);
        scene.ViewerEnds(17);
        scene.Event(20, 21);

        await scene.Camera.PlayAsync(33);
        RecordedClip clip = Assert.Single(await scene.FinishAsync());

        clip.AssertHolds(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(31));
    }

    private static void Make(Trouble trouble, Scene scene)
    {
        switch (trouble)
        {
            case Trouble.SlowerThanTheCamera:
                scene.Network.Link.BytesPerSecond = 0.6 * scene.Source.BytesPerSecond;
                break;
            case Trouble.StalledInTheMiddle:
                scene.Camera.At(22, () => scene.Network.Link.Stall(TimeSpan.FromSeconds(10)));
                break;
            case Trouble.CutInTheMiddle:
                scene.MediaArrivesBefore(22);
                scene.Camera.At(22, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(3)));
                break;
            case Trouble.AwayThroughoutTheEvent:
                scene.Camera.At(18, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(22)));
                break;
        }
    }

    private Task<SourceClip> SourceAsync(Encoder encoder) => encoder switch
    {
        Encoder.H264OddGops => sources.H264OddGops,
        Encoder.H265 => sources.H265,
        _ => sources.H264,
    };

    /// <summary>Pre-roll, event, post-roll, picture by picture and sample by sample; and hardly more.</summary>
    private static void AssertIsClip(RecordedClip clip, double eventAt, double eventEnd)
    {
        TimeSpan from = TimeSpan.FromSeconds(eventAt - 5);
        TimeSpan to = TimeSpan.FromSeconds(eventEnd + 10);
        clip.AssertHolds(from, to);
        clip.AssertSoundIsTheCameras();
        PictureRun run = clip.AssertIsOnePiece();
        Assert.True(run.First == clip.Source.KeyFrameAtOrBefore(from), $"{clip} starts before the last key frame that would do.");
        Assert.True(run.First + run.Count <= SourceClip.NumberAt(to + EndSlack), $"{clip} goes on after its post-roll.");
    }

    /// <summary>The platform has heard of each event in order, when it happened by the camera's clock; over one connection, once.</summary>
    private static void AssertReported(Scene scene, params (double Second, int Status)[] expected)
    {
        IEnumerable<(DateTimeOffset, int)> heard = scene.Platform.Server.Events.Select(e => (e.DeviceTime, e.Status));
        Assert.Equal(
            expected.Select(e => (scene.Camera.TimeOf(TimeSpan.FromSeconds(e.Second)), e.Status)),
            scene.Uplink.Statistics.Logins > 1 ? heard.Distinct() : heard);
    }
}
