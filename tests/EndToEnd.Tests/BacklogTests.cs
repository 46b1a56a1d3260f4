using System.Collections.Concurrent;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Spool;
using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>A network that is away for longer than the buffer holds: what the card has kept is delivered behind the live stream (specification 5.2.4).</summary>
public sealed class BacklogTests(Sources sources) : IAsyncLifetime
{
    private const int BufferSeconds = 8;

    private static readonly MediaBufferOptions SmallBuffer = new() { MaxDuration = TimeSpan.FromSeconds(BufferSeconds) };

    private readonly DirectoryInfo _card = Directory.CreateTempSubdirectory("andmu-card-");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        _card.Delete(recursive: true);
        return default;
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public async Task AwayForAMinute_LiveResumesFirstAndTheRestFollows_NothingIsLost(VideoCodec codec)
    {
        await using var journal = new SpoolJournal(_card.FullName);
        journal.Start();
        SourceClip source = await (codec == VideoCodec.H264 ? sources.H264 : sources.H265);
        await using Scene scene = await StartAsync(source, GatewayPlan.Cloud, journal);
        scene.Camera.At(6, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(40)));

        await scene.Camera.PlayAsync(55);
        RecordedClip[] recordings = await scene.FinishAsync();

        AssertHoldsEverything(recordings, 55);
        Assert.All(scene.Buffer.Drops.Recent(), static drop => Assert.Equal(DropReason.Leading, drop.Reason)); // of the picture that live resumes at: the backlog has them
        Assert.True(scene.Uplink.Statistics.Kept.VideoPackages > 30 * SourceClip.FramesPerSecond);
        Assert.True(scene.Uplink.Statistics.BacklogSent.VideoPackages <= scene.Uplink.Statistics.Kept.VideoPackages);
        Assert.Contains(recordings, recording => recording.Runs[0].First > 30 * SourceClip.FramesPerSecond); // live, from when the network was back
        Assert.All(scene.Platform.Server.Recordings, static recording => Assert.InRange(recording.ChannelId, 0, 1));
        Assert.Contains(scene.Platform.Server.Recordings, static recording => recording.ChannelId == 1);
        Assert.False(journal.Media.HasBacklog);
    }

    [Fact]
    public async Task GatewayOffForAMinute_LiveFirstThenTheBacklogOnChannelOne_EveryFrameOnce()
    {
        await using var journal = new SpoolJournal(_card.FullName);
        journal.Start();
        await using Scene scene = await StartAsync(await sources.H264, GatewayPlan.Cloud, journal);
        var opened = new ConcurrentQueue<string>();
        scene.Platform.Server.Noticed += (_, notice) =>
        {
            if (notice.Kind == GatewayNoticeKind.RecordingOpened)
            {
                opened.Enqueue(notice.Text);
            }
        };
        scene.AllArrivesBefore(4); // what was on its way when the platform went off may come twice
        scene.Camera.At(4, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(60)));

        await scene.Camera.PlayAsync(75);
        RecordedClip[] recordings = await scene.FinishAsync();

        Assert.Equal(0, scene.Uplink.Statistics.Dropped.Packages);
        int[] channels = [.. opened.Select(path => scene.Platform.Server.Recordings.Single(info => info.Path == path).ChannelId)];
        Assert.Equal([0, 0, 1], channels.Take(3)); // before, live, backlog
        AssertHoldsEverything(recordings, 75);
        int[] all = [.. recordings.SelectMany(static recording => recording.Runs).SelectMany(static run => Enumerable.Range(run.First, run.Count)).Order()];
        Assert.Equal(Enumerable.Range(0, 75 * SourceClip.FramesPerSecond), all);
    }

    [Fact]
    public async Task AwayTwice_AndOnceInTheMiddleOfTheBackfill_NothingIsLost()
    {
        await using var journal = new SpoolJournal(_card.FullName);
        journal.Start();
        await using Scene scene = await StartAsync(await sources.H264, GatewayPlan.Cloud, journal);
        scene.Camera.At(6, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(20)));
        scene.Camera.At(29, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(3)));
        scene.Camera.At(34, scene.Network.Cut);

        await scene.Camera.PlayAsync(55);

        AssertHoldsEverything(await scene.FinishAsync(), 55);
        Assert.Equal(0, scene.Uplink.Statistics.Dropped.Packages);
    }

    [Fact]
    public async Task SwitchedOffInTheOutage_TheNextStartDeliversWhatIsOnTheCard()
    {
        SourceClip source = await sources.H264;
        RecordedClip[] recordings;
        await using (var journal = new SpoolJournal(_card.FullName))
        {
            journal.Start();
            await using Scene scene = await StartAsync(source, GatewayPlan.Cloud, journal);
            scene.Camera.At(6, () => scene.Network.CutAndRefuse(TimeSpan.FromMinutes(10)));
            await scene.Camera.PlayAsync(30);
            await scene.Uplink.StopAsync();
            recordings = await RecordingsAsync(scene, source);
        }

        await using (var journal = new SpoolJournal(_card.FullName))
        {
            journal.Start();
            await using Scene scene = await StartAsync(source, GatewayPlan.Cloud, journal);
            recordings = [.. recordings, .. await scene.FinishAsync()];
        }

        AssertHoldsEverything(recordings, 30);
    }

    [Fact]
    public async Task EventsOnly_OutageWithAnEvent_ItsPreRollItselfAndItsPostRollAreDelivered()
    {
        await using var journal = new SpoolJournal(_card.FullName);
        journal.Start();
        await using Scene scene = await StartAsync(await sources.H264, GatewayPlan.Cloud, journal, eventsOnly: true);
        scene.Camera.At(4, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(46)));
        scene.Event(28, 30);

        await scene.Camera.PlayAsync(55);
        RecordedClip[] recordings = await scene.FinishAsync();

        int[] numbers = NumbersIn(recordings.Where(recording => ChannelOf(scene, recording) == 1));
        Assert.Subset(numbers.ToHashSet(), Enumerable.Range(23 * SourceClip.FramesPerSecond, 17 * SourceClip.FramesPerSecond).ToHashSet());
        Assert.DoesNotContain(10 * SourceClip.FramesPerSecond, numbers);
        Assert.DoesNotContain(45 * SourceClip.FramesPerSecond, numbers);
        Assert.Equal([true, false], scene.Platform.Server.Events.Select(static happened => happened.Status == 1));
        Assert.False(journal.Media.HasBacklog || journal.Events.HasBacklog);
    }

    [Fact]
    public async Task EventPlan_OutageWithAnEvent_ItsClipAndItsReportsAreDelivered()
    {
        await using var journal = new SpoolJournal(_card.FullName);
        journal.Start();
        await using Scene scene = await StartAsync(await sources.H264, GatewayPlan.Event, journal);
        scene.Camera.At(4, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(46)));
        scene.Event(20, 22);

        await scene.Camera.PlayAsync(55);
        RecordedClip[] recordings = await scene.FinishAsync();

        int[] numbers = NumbersIn(recordings);
        Assert.Subset(numbers.ToHashSet(), Enumerable.Range(15 * SourceClip.FramesPerSecond, 17 * SourceClip.FramesPerSecond).ToHashSet());
        Assert.DoesNotContain(8 * SourceClip.FramesPerSecond, numbers);
        GatewayEvent[] events = [.. scene.Platform.Server.Events];
        Assert.Equal([true, false], events.Select(static happened => happened.Status == 1));
        Assert.InRange((events[0].DeviceTime - scene.Camera.TimeOf(TimeSpan.FromSeconds(20))).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task CardAwayInTheOutage_TheBufferIsAllThatThereIsAndNothingHangs()
    {
        await using var journal = new SpoolJournal("/proc/andmu-no-card"); // nobody can make it
        journal.Start();
        await using Scene scene = await StartAsync(await sources.H264, GatewayPlan.Cloud, journal);
        scene.Camera.At(6, () => scene.Network.CutAndRefuse(TimeSpan.FromSeconds(4)));

        await scene.Camera.PlayAsync(25);

        AssertHoldsEverything(await scene.FinishAsync(), 25); // the outage was shorter than the buffer
        Assert.Equal(0, scene.Uplink.Statistics.Kept.Packages);
    }

    private static Task<Scene> StartAsync(SourceClip source, GatewayPlan plan, SpoolJournal journal, bool eventsOnly = false) => Scene.StartAsync(
        source, plan, options => options with { Backlog = new SpoolBacklog(journal) }, SmallBuffer, eventsOnly: eventsOnly);

    private static async Task<RecordedClip[]> RecordingsAsync(Scene scene, SourceClip source) =>
        [.. await Task.WhenAll((await scene.Platform.FinishRecordingsAsync()).Select(path => RecordedClip.ReadAsync(path, source)))];

    private static int ChannelOf(Scene scene, RecordedClip recording) =>
        scene.Platform.Server.Recordings.Single(info => Path.GetFileName(info.Path) == Path.GetFileName(recording.Path)).ChannelId;

    private static int[] NumbersIn(IEnumerable<RecordedClip> recordings) =>
        [.. recordings.SelectMany(static recording => recording.Runs).SelectMany(static run => Enumerable.Range(run.First, run.Last - run.First + 1)).Distinct().Order()];

    private static void AssertHoldsEverything(RecordedClip[] recordings, int seconds)
    {
        int[] missing = [.. Enumerable.Range(0, seconds * SourceClip.FramesPerSecond).Except(NumbersIn(recordings))];
        Assert.True(missing.Length == 0, $"{missing.Length} pictures are missing, from {missing.FirstOrDefault()}: {string.Join(" | ", recordings.AsEnumerable())}");
    }
}
