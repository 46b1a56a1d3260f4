using Andmu.Hedgw;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkPlanTests
{
    private const int Hang = 20_000;
    private const uint ViewStarts = 8;
    private const uint ViewEnds = 9;

    [Theory(Timeout = Hang)]
    [InlineData(DevicePlan.Trial)]
    [InlineData(DevicePlan.Cloud)]
    public async Task Plan_Continuous_UploadsWithoutAFlag(DevicePlan plan)
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(plan);
        rig.WriteGops(1);
        Assert.All(await platform.ReceiveMediaAsync(6), p => Assert.False(p.HasControlFlag));
    }

    [Theory(Timeout = Hang)]
    [InlineData(DevicePlan.Expired)]
    [InlineData(DevicePlan.Event)]
    [InlineData((DevicePlan)7)]
    public async Task Plan_NobodyWatches_UploadsNothing(DevicePlan plan)
    {
        await using var rig = new Rig();
        rig.WriteGops(1);
        FakePlatform platform = await rig.GoOnlineAsync(plan);
        rig.WriteGops(2);
        Assert.Empty(await platform.RoundTripAsync());
        Assert.Equal(0, rig.Session.Statistics.Sent.Packages);
    }

    [Theory(Timeout = Hang)]
    [InlineData(DevicePlan.Trial)]
    [InlineData(DevicePlan.Cloud)]
    public async Task PlanChange_ToContinuous_StartsAtTheNewestKeyFrame(DevicePlan plan)
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Expired);
        rig.WriteGops(3);
        await platform.RoundTripAsync();
        await platform.SetPlanAsync(plan);
        List<TDMediaPackage> media = await platform.ReceiveMediaAsync(6);
        Assert.Equal(3u, media[0].PackageType);
        Assert.Equal(Enumerable.Range(10, 5), Pictures.Numbers(media));
        Assert.Equal(plan, rig.Session.Plan);
    }

    [Fact(Timeout = Hang)]
    public async Task PlanChange_ToExpired_StopsTheMediaNotTheHeartbeat()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        await platform.ReceiveMediaAsync(6);
        await platform.SetPlanAsync(DevicePlan.Expired);
        await platform.RoundTripAsync();
        rig.WriteGops(3);
        Assert.Empty(await platform.RoundTripAsync());
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await platform.ExpectAsync(MessageType.Ping);
    }

    [Fact(Timeout = Hang)]
    public async Task PlanChange_Deleted_EndsForGood()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SetPlanAsync(DevicePlan.Deleted);
        UplinkFault fault = await rig.Session.Completion;
        Assert.Equal((UplinkFaultKind.DeviceDeleted, 44), (fault.Kind, fault.Code));
        Assert.Equal(UplinkState.Ended, rig.Session.State);
        await platform.Connection.Disposed;
        Assert.Single(rig.Connector.Made);
    }

    [Fact(Timeout = Hang)]
    public async Task PlanChange_Raised_OnceAChange()
    {
        await using var rig = new Rig();
        var plans = new List<DevicePlan>();
        rig.Session.PlanChanged += plans.Add;
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SetPlanAsync(DevicePlan.Event);
        await platform.SetPlanAsync(DevicePlan.Event);
        await platform.SetPlanAsync(DevicePlan.Trial);
        await platform.SendAsync(new HEDGWMessage { MessageType = MessageType.DevServerCmd, DevServerCmd = new DevServerCmd { Type = 7 } }); // no plan in it
        await platform.SendAsync(new HEDGWMessage { MessageType = MessageType.DevServerCmd, DevServerCmd = new DevServerCmd { Type = 9, DeviceStatus = 44 } });
        await platform.RoundTripAsync();
        Assert.Equal([DevicePlan.Event, DevicePlan.Trial], plans);
    }

    [Fact(Timeout = Hang)]
    public async Task Viewers_OnAnExpiredPlan_OverlapAndEnd()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Expired);
        rig.WriteGops(1);
        await platform.AppCommandAsync(ViewStarts, "a");
        await platform.ReceiveMediaAsync(6);
        await platform.AppCommandAsync(ViewStarts, "b");
        await platform.AppCommandAsync(ViewEnds, "a");
        await platform.RoundTripAsync();
        rig.WriteGops(1);
        Assert.All(await platform.ReceiveMediaAsync(6), p => Assert.False(p.HasControlFlag));
        await platform.AppCommandAsync(ViewEnds, "b");
        await platform.RoundTripAsync();
        rig.WriteGops(1);
        Assert.Empty(await platform.RoundTripAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Viewers_NoneOnlineByCount_EndsViewsWhoseEndWasLost()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Expired);
        await platform.AppCommandAsync(ViewStarts, "a");
        await platform.AppCommandAsync(0, "platform", count: 0);
        await platform.RoundTripAsync();
        rig.WriteGops(1);
        Assert.Empty(await platform.RoundTripAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Viewers_OfAnEarlierConnection_AreForgotten()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync(DevicePlan.Expired);
        await first.AppCommandAsync(ViewStarts, "a");
        await first.RoundTripAsync();
        first.Break();
        FakePlatform second = await rig.GoOnlineAsync(DevicePlan.Expired);
        rig.WriteGops(1);
        Assert.Empty(await second.RoundTripAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Viewer_OnTheEventPlan_EveryPackageCarriesFlagTwo()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Event);
        await platform.AppCommandAsync(ViewStarts, "a");
        rig.WriteGops(1);
        Assert.All(await platform.ReceiveMediaAsync(6), p => Assert.Equal(2u, p.ControlFlag));
    }

    [Fact(Timeout = Hang)]
    public async Task ViewerFlood_IsBoundedAndSurvived()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Expired);
        for (int i = 0; i < 500; i++)
        {
            await platform.AppCommandAsync(ViewStarts, $"viewer {i}");
        }

        rig.WriteGops(1);
        await platform.ReceiveMediaAsync(6);
        Assert.Equal(UplinkState.Online, rig.Session.State);
    }

    [Fact(Timeout = Hang)]
    public async Task AppCommand_Json_IsHandedToTheHostAsItCame()
    {
        await using var rig = new Rig();
        var commands = new List<AppCommand>();
        rig.Session.AppCommandReceived += commands.Add;
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.AppCommandAsync(33, "app", message: "{\"broken");
        await platform.AppCommandAsync(4_000_000_000, "app", count: uint.MaxValue);
        await platform.RoundTripAsync();
        Assert.Equal(new AppCommand(AppCommandType.Command, "app", 0, "{\"broken"), commands[0]);
        Assert.Equal(2, commands.Count);
    }

    [Fact(Timeout = Hang)]
    public async Task TalkBack_IsHandedToTheHost()
    {
        await using var rig = new Rig();
        var sound = new List<byte>();
        rig.Session.TalkBackReceived += package =>
        {
            foreach (ReadOnlyMemory<byte> part in package.Data)
            {
                sound.AddRange(part.Span);
            }
        };
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.TalkBackAsync([1, 2, 3]);
        await platform.TalkBackAsync([4]);
        await platform.RoundTripAsync();
        Assert.Equal([1, 2, 3, 4], sound);
    }
}
