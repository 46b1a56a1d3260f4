using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Diagnostics;

/// <summary>What a listener to the Meter is given is what has happened, and what the snapshot says.</summary>
public sealed class UplinkMeterTests
{
    private const int Hang = 20_000;
    private const uint ViewStarts = 8;

    [Fact(Timeout = Hang)]
    public async Task Traffic_Counted_AgreesWithTheSnapshot()
    {
        using var meters = new Meters("traffic");
        await using var rig = new Rig(o => o with { Name = "traffic" });
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(3, pictures: 10);
        rig.Audio.TryWrite(Payload.Make([], 1, 320), TimeSpan.FromMilliseconds(1200));
        await platform.ReceiveMediaAsync(34);
        await platform.AppCommandAsync(ViewStarts, "a");
        await platform.RoundTripAsync();

        List<Measured> all = meters.Collect();
        UplinkStatistics statistics = rig.Session.Statistics;
        Assert.Equal(30, ValueOf(all, "andmu.uplink.captured.packages", ("andmu.media", "video")));
        Assert.Equal(1, ValueOf(all, "andmu.uplink.captured.packages", ("andmu.media", "audio")));
        Assert.Equal(3, ValueOf(all, "andmu.uplink.captured.gops"));
        Assert.Equal(statistics.Captured.Bytes, ValueOf(all, "andmu.uplink.captured.io"));
        Assert.Equal(30, ValueOf(all, "andmu.uplink.packages", ("andmu.media", "video")));
        Assert.Equal(1, ValueOf(all, "andmu.uplink.packages", ("andmu.media", "audio")));
        Assert.Equal(0, ValueOf(all, "andmu.uplink.resent.packages"));
        Assert.Equal(statistics.BytesSent, ValueOf(all, "andmu.uplink.io"));
        Assert.True(statistics.BytesSent > 0);
        Assert.Equal(1200, ValueOf(all, "andmu.uplink.buffer.duration"));
        Assert.Equal(statistics.Captured.Bytes, ValueOf(all, "andmu.uplink.buffer.usage"));
        Assert.Equal(1024 * 1024, ValueOf(all, "andmu.uplink.buffer.limit"));
        Assert.Equal(0, ValueOf(all, "andmu.uplink.backlog.duration"));
        Assert.Equal(1, ValueOf(all, "andmu.uplink.online.count"));
        Assert.Equal(1, ValueOf(all, "andmu.uplink.viewer.count"));
        Assert.Equal(statistics.PacketsReceived, ValueOf(all, "andmu.uplink.received.packets"));
        Assert.Equal(statistics.Flushes, all.Count(m => m.Name == "andmu.uplink.send.latency"));
        Assert.True(statistics.Flushes > 0);
        Assert.Equal(31, all.Count(m => m.Name == "andmu.uplink.send.delay"));
        Assert.DoesNotContain(all, m => m.Name.StartsWith("andmu.uplink.dropped", StringComparison.Ordinal));
    }

    [Fact(Timeout = Hang)]
    public async Task Latency_Recorded_InSeconds()
    {
        using var meters = new Meters("latency");
        await using var rig = new Rig(o => o with { Name = "latency" });
        rig.WriteGops(1);
        rig.Time.Advance(TimeSpan.FromMilliseconds(1250));
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.ReceiveMediaAsync(6);
        await platform.RoundTripAsync();
        Assert.Equal(1.25, meters.Collect().First(m => m.Name == "andmu.uplink.send.latency").Value);
    }

    [Fact(Timeout = Hang)]
    public async Task Delay_OfABatch_IsThatOfEachAccessUnit()
    {
        using var meters = new Meters("delay");
        await using var rig = new Rig(o => o with { Name = "delay" });
        rig.Video.TryWrite(H264.Key(0), TimeSpan.Zero);
        rig.Time.Advance(TimeSpan.FromMilliseconds(40.5));
        rig.Video.TryWrite(H264.Picture(1), TimeSpan.FromMilliseconds(40));
        rig.Time.Advance(TimeSpan.FromMilliseconds(10));
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.ReceiveMediaAsync(3);
        await platform.RoundTripAsync();
        Assert.Equal([0.0505, 0.01], meters.Collect().Where(m => m.Name == "andmu.uplink.send.delay").Select(m => m.Value));
    }

    [Fact(Timeout = Hang)]
    public async Task Reconnect_Counted_AndWhatIsSentAgain()
    {
        using var meters = new Meters("reconnect");
        await using var rig = new Rig(o => o with { Name = "reconnect" });
        FakePlatform first = await rig.GoOnlineAsync();
        Assert.Equal(0, ValueOf(meters.Collect(), "andmu.uplink.reconnects"));
        rig.WriteGops(2);
        await first.ReceiveMediaAsync(12);
        first.Break();
        await rig.WaitingAsync();
        Assert.Equal(0, ValueOf(meters.Collect(), "andmu.uplink.reconnects"));
        FakePlatform second = await rig.GoOnlineAsync();
        await second.ReceiveMediaAsync(12);
        await second.RoundTripAsync();
        List<Measured> all = meters.Collect();
        Assert.Equal(1, ValueOf(all, "andmu.uplink.reconnects"));
        Assert.Equal(10, ValueOf(all, "andmu.uplink.resent.packages"));
    }

    [Fact(Timeout = Hang)]
    public async Task Drops_EveryReason_IsASeriesOfItsOwn()
    {
        using var meters = new Meters("drops");
        await using var rig = new Rig(o => o with { Name = "drops" });
        await rig.GoOnlineAsync();
        DropReason[] reasons = Enum.GetValues<DropReason>();
        foreach (DropReason reason in reasons)
        {
            int n = (int)reason + 1;
            rig.Buffer.Drops.Enter(new MediaDrop(reason, TimeSpan.Zero, TimeSpan.FromSeconds(1), new MediaTotals(10 * n, n, n, 1000 * n)));
        }

        List<Measured> all = meters.Collect();
        foreach (DropReason reason in reasons)
        {
            int n = (int)reason + 1;
            (string, object) attribute = ("andmu.drop.reason", UplinkInstruments.ValueOf(reason));
            Assert.Equal(11 * n, ValueOf(all, "andmu.uplink.dropped.packages", attribute));
            Assert.Equal(n, ValueOf(all, "andmu.uplink.dropped.gops", attribute));
            Assert.Equal(1000 * n, ValueOf(all, "andmu.uplink.dropped.io", attribute));
        }

        Assert.Equal(reasons.Length, all.Count(m => m.Name == "andmu.uplink.dropped.packages"));
        Assert.Equal("no_random_access", UplinkInstruments.ValueOf(DropReason.NoRandomAccess));
    }

    [Fact(Timeout = Hang)]
    public async Task Congestion_WhatIsLost_IsInTheMeterAndInTheLog()
    {
        using var meters = new Meters("congestion");
        await using var rig = new Rig(o => o with { Name = "congestion" }, new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        rig.Connector.Make = () => new FakeConnection(upBytes: 32 * 1024);
        FakePlatform platform = await rig.GoOnlineAsync();
        for (int i = 0; i < 200; i++)
        {
            rig.Video.TryWrite(i % 5 == 0 ? H264.Key(i, 8000) : H264.Picture(i, 2000), TimeSpan.FromMilliseconds(i * 40));
        }

        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await rig.Session.DrainAsync());
        rig.Time.Advance(TimeSpan.FromSeconds(1)); // the log is looked after once a second
        rig.Video.TryWrite(H264.Key(200), TimeSpan.FromSeconds(8));
        Assert.True(await rig.Session.DrainAsync());
        MediaTotals lost = rig.Session.Statistics.Dropped;
        Assert.True(lost.Gops > 10);
        Assert.Equal(lost.Gops, meters.Collect().Where(m => m.Name == "andmu.uplink.dropped.gops").Sum(m => m.Value));
        Assert.Contains(rig.Log.Lines, line => line.StartsWith("Warning 23 Lost (Overrun)", StringComparison.Ordinal));
        await rig.Session.StopAsync();
        await running;
    }

    [Fact(Timeout = Hang)]
    public async Task Clips_EveryOutcome_IsASeriesOfItsOwn()
    {
        using var meters = new Meters("clips");
        await using var rig = new Rig(o => o with { Name = "clips" });
        await rig.GoOnlineAsync();
        EventClipOutcome[] outcomes = Enum.GetValues<EventClipOutcome>();
        rig.Session.Counters.OnClip(Report(EventClipOutcome.Delivered, missing: 0));
        foreach (EventClipOutcome outcome in outcomes)
        {
            for (int i = 0; i <= (int)outcome; i++)
            {
                rig.Session.Counters.OnClip(Report(outcome, missing: 1.5));
            }
        }

        List<Measured> all = meters.Collect();
        Assert.Equal(1, ValueOf(all, "andmu.uplink.clips", ("andmu.clip.outcome", "delivered"), ("andmu.clip.whole", true)));
        foreach (EventClipOutcome outcome in outcomes)
        {
            double count = ValueOf(all, "andmu.uplink.clips", ("andmu.clip.outcome", UplinkInstruments.ValueOf(outcome)), ("andmu.clip.whole", false));
            Assert.Equal((int)outcome + 1, count);
        }

        int clips = 1 + outcomes.Sum(o => (int)o + 1);
        Assert.Equal(clips, rig.Session.Statistics.Clips);
        Assert.Equal(clips, outcomes.Sum(o => rig.Session.Statistics.ClipOutcomes[o]));
        Assert.Equal(1.5 * (clips - 1), ValueOf(all, "andmu.uplink.clip.shortfall"));
    }

    [Fact(Timeout = Hang)]
    public async Task Advice_Told_IsCounted()
    {
        using var meters = new Meters("advice");
        await using var rig = new Rig(o => o with { Name = "advice" });
        await rig.GoOnlineAsync();
        rig.Session.Counters.OnKeyFrameAsked();
        rig.Session.Counters.OnBitrateAdvised(600_000);
        List<Measured> all = meters.Collect();
        Assert.Equal(1, ValueOf(all, "andmu.uplink.key_frame.requests"));
        Assert.Equal(600_000, ValueOf(all, "andmu.uplink.advised_bitrate"));
    }

    [Fact(Timeout = Hang)]
    public async Task Listener_ComesLate_IsGivenEverythingSinceTheStart()
    {
        await using var rig = new Rig(o => o with { Name = "late" });
        await (await rig.GoOnlineAsync()).RoundTripAsync();
        rig.WriteGops(2);
        using var meters = new Meters("late");
        Assert.Equal(10, ValueOf(meters.Collect(), "andmu.uplink.captured.packages", ("andmu.media", "video")));
    }

    [Fact(Timeout = Hang)]
    public async Task Disposed_NothingIsReportedAnyMore()
    {
        using var meters = new Meters("disposed");
        var rig = new Rig(o => o with { Name = "disposed" });
        Assert.Empty(meters.Collect());
        Assert.Equal("Andmu.Pipeline", UplinkMeter.Shared.Meter.Name);
        FakePlatform platform = await rig.GoOnlineAsync();
        Assert.NotEmpty(meters.Collect());
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        await rig.Session.StopAsync();
        await running;
        Assert.Equal(0, ValueOf(meters.Collect(), "andmu.uplink.online.count")); // ended, and its last figures are still to be had
        await rig.DisposeAsync();
        Assert.Empty(meters.Collect());
    }

    /// <summary>They cannot be told apart; a counter that fell when one of them is gone would look like a restart.</summary>
    [Fact(Timeout = Hang)]
    public async Task Unnamed_SummedUp_AndACounterNeverFalls()
    {
        using var meter = new UplinkMeter();
        using var meters = new Meters(channel: null, meter);
        await using var first = new Rig();
        await using var second = new Rig();
        meter.Add(first.Session);
        meter.Add(second.Session);
        first.WriteGops(2);
        second.WriteGops(3);
        List<Measured> both = meters.Collect();
        Assert.Equal(5, ValueOf(both, "andmu.uplink.captured.gops"));
        Assert.Equal(2 * 1024 * 1024, ValueOf(both, "andmu.uplink.buffer.limit"));
        meter.Remove(first.Session);
        List<Measured> one = meters.Collect();
        Assert.Equal(5, ValueOf(one, "andmu.uplink.captured.gops"));
        Assert.Equal(1024 * 1024, ValueOf(one, "andmu.uplink.buffer.limit"));
        meter.Remove(second.Session);
        meter.Remove(second.Session);
        Assert.Empty(meters.Collect());
        meter.Add(first.Session);
        Assert.Equal(7, ValueOf(meters.Collect(), "andmu.uplink.captured.gops"));
    }

    [Fact(Timeout = Hang)]
    public async Task Named_ManyChannels_AreKeptApart()
    {
        using var meter = new UplinkMeter();
        var rigs = new List<Rig>();
        for (int i = 0; i < 20; i++)
        {
            string name = $"camera {i}";
            rigs.Add(new Rig(o => o with { Name = name }, new MediaBufferOptions { CapacityBytes = 64 * 1024 }));
            meter.Add(rigs[i].Session);
            rigs[i].WriteGops(i + 1, pictures: 1);
        }

        for (int i = 0; i < rigs.Count; i++)
        {
            using var meters = new Meters($"camera {i}", meter);
            Assert.Equal(i + 1, ValueOf(meters.Collect(), "andmu.uplink.captured.gops"));
            await rigs[i].DisposeAsync();
        }
    }

    private static EventClipReport Report(EventClipOutcome outcome, double missing) => new(
        DateTimeOffset.UnixEpoch, 1, outcome, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(missing), TimeSpan.Zero, default);

    private static double ValueOf(List<Measured> all, string name, params (string Key, object Value)[] attributes) =>
        Assert.Single(all, m => m.Name == name && attributes.All(a => a.Value.Equals(m.Tags[a.Key]))).Value;
}
