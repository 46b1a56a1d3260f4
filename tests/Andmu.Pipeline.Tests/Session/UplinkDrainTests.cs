using Andmu.Hedgw;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkDrainTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_AllIsSent_IsTrueOnlyAfterThePong()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(2);
        Task<bool> drain = rig.Session.DrainAsync();
        var before = new List<HEDGWMessage>();
        uint proof = (await platform.SkipToAsync(MessageType.Ping, before)).Ping.Id;
        Assert.Equal(12, before.Count); // the ping stands behind all of it
        await platform.RoundTripAsync();
        Assert.False(drain.IsCompleted);
        await platform.PongAsync(proof);
        Assert.True(await drain);
    }

    /// <summary>What TCP has confirmed may lie unread in the platform's socket, however long ago that was.</summary>
    [Fact(Timeout = Hang)]
    public async Task DrainAsync_OnlyTcpHasConfirmed_IsNotDone()
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection { Acknowledge = sent => sent };
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        await platform.ReceiveMediaAsync(6);
        await platform.RoundTripAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        Task<bool> drain = rig.Session.DrainAsync();
        uint proof = (await platform.ExpectAsync(MessageType.Ping)).Ping.Id;
        await platform.RoundTripAsync();
        Assert.False(drain.IsCompleted);
        await platform.PongAsync(proof);
        Assert.True(await drain);
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_ConnectionBreaks_GoesOnOverTheNext()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(2);
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, DateTimeOffset.UnixEpoch);
        Task<bool> drain = rig.Session.DrainAsync();
        await first.SkipToAsync(MessageType.Ping);
        first.Break();
        FakePlatform second = await rig.GoOnlineAsync();
        Task<List<HEDGWMessage>> running = second.RunAsync();
        Assert.True(await drain);
        await rig.Session.StopAsync();
        List<HEDGWMessage> received = await running;
        Assert.Equal(Enumerable.Range(0, 10), Pictures.Numbers(Pictures.MediaOf(received)));
        Assert.Single(received, m => m.MessageType == MessageType.DevEventCmd);
    }

    /// <summary>The host waits: a pause drawn for the sake of a thousand other devices is cut short, without the clock moving.</summary>
    [Fact(Timeout = Hang)]
    public async Task DrainAsync_WhileWaitingToReconnect_ConnectsAtOnce()
    {
        await using var rig = new Rig(random: new LongestWait());
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        first.Break();
        await rig.WaitingAsync();
        Task<bool> drain = rig.Session.DrainAsync();
        FakePlatform second = await rig.GoOnlineAsync();
        Task<List<HEDGWMessage>> running = second.RunAsync();
        Assert.True(await drain);
        await rig.Session.StopAsync();
        await running;
    }

    /// <summary>But a pause that the platform has asked for is kept.</summary>
    [Fact(Timeout = Hang)]
    public async Task DrainAsync_WhileNotAdmitted_WaitsAsToldTo()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.ConnectAsync();
        await first.AnswerLoginAsync(2008);
        await rig.WaitingAsync();
        using var give = new CancellationTokenSource();
        Task<bool> drain = rig.Session.DrainAsync(give.Token);
        Assert.Equal(UplinkState.Waiting, rig.Session.State);
        await give.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain);
        Assert.Single(rig.Connector.Made);
    }

    private sealed class LongestWait : Random
    {
        public override double NextDouble() => 0.999;
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_EventOnly_IsTrueOnlyAfterThePong()
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection { Acknowledge = sent => sent };
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, DateTimeOffset.UnixEpoch);
        Task<bool> drain = rig.Session.DrainAsync();
        await platform.SkipToAsync(MessageType.DevEventCmd);
        Assert.False(drain.IsCompleted);
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await drain);
        await rig.Session.StopAsync();
        await running;
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_WhatIsLeftCannotBeDecoded_IsDoneAllTheSame()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.Audio.TryWrite(new byte[160], TimeSpan.Zero); // sound before the first key frame, which never comes
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();
        Assert.Empty(Pictures.MediaOf(await running));
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_PlanUploadsNothing_IsDone()
    {
        await using var rig = new Rig();
        rig.WriteGops(1);
        await rig.GoOnlineAsync(DevicePlan.Expired);
        Assert.True(await rig.Session.DrainAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_UplinkEnds_IsFalse()
    {
        await using var rig = new Rig();
        rig.WriteGops(1);
        FakePlatform platform = await rig.ConnectAsync();
        Task<bool> drain = rig.Session.DrainAsync();
        await platform.AnswerLoginAsync(2026);
        Assert.False(await drain);
        Assert.False(await rig.Session.DrainAsync());
    }

    /// <summary>The same with a caller whose continuations run at once, within the call that ends the uplink.</summary>
    [Fact(Timeout = Hang)]
    public async Task DrainAsync_UplinkEndsAndCallerRunsInline_IsFalse()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.ConnectAsync();
        Task<bool> drain = await Task.Factory.StartNew(() => rig.Session.DrainAsync(), CancellationToken.None, TaskCreationOptions.None, new InlineScheduler());
        await platform.AnswerLoginAsync(2026);
        Assert.False(await drain);
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_TwoCallers_BothReturn()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        Task<bool> first = rig.Session.DrainAsync();
        Task<bool> second = rig.Session.DrainAsync();
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await first);
        Assert.True(await second);
        await rig.Session.StopAsync();
        await running;
    }

    [Fact(Timeout = Hang)]
    public async Task DrainAsync_Cancelled_Throws()
    {
        await using var rig = new Rig();
        await rig.GoOnlineAsync();
        rig.WriteGops(1);
        using var cancellation = new CancellationTokenSource();
        Task<bool> drain = rig.Session.DrainAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain);
    }

    /// <summary>While the proof is outstanding nobody runs in circles: what the device does is bounded by what it is told.</summary>
    [Fact(Timeout = Hang)]
    public async Task DrainAsync_PongOutstanding_DoesNotSpin()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        Task<bool> drain = rig.Session.DrainAsync();
        await platform.SkipToAsync(MessageType.Ping);
        int before = platform.Connection.Looks;
        const int trips = 200;
        for (int i = 0; i < trips; i++)
        {
            await platform.RoundTripAsync();
        }

        Assert.InRange(platform.Connection.Looks - before, 0, trips * 5);
        Assert.False(drain.IsCompleted);
    }

    private sealed class InlineScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
