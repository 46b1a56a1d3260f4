using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

public sealed class DeviceScriptTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Script_AfterEachLogin_DoesItsStepsInTime()
    {
        await using TestGateway gateway = await StartAsync(DeviceScript.Empty
            .ViewerAt(Seconds(2), Seconds(3), "viewer-1")
            .ViewerAt(Seconds(4), null, "viewer-2")
            .PlanAt(Seconds(1), DevicePlan.Event));

        for (int i = 0; i < 2; i++)
        {
            using RawDevice device = await RawDevice.LogInAsync(gateway);
            DeviceSession session = Assert.Single(gateway.Server.Devices);
            Assert.Equal(i == 0 ? DevicePlan.Cloud : DevicePlan.Event, session.Plan);

            Assert.Equal((7u, 3u), await PlanAfterAsync(device, 1));
            Assert.Equal((8u, "viewer-1"), await ViewerAfterAsync(device, 1));
            Assert.Equal((8u, "viewer-2"), await ViewerAfterAsync(device, 2));
            Assert.Equal((9u, "viewer-1"), await ViewerAfterAsync(device, 1));
            Assert.Equal(["viewer-2"], session.Viewers);
            Assert.Equal("Event", (await gateway.NextAsync(GatewayNoticeKind.PlanChanged)).Text);
            Assert.Equal("viewer-1", (await gateway.NextAsync(GatewayNoticeKind.ViewerStarted)).Text);
            Assert.Equal("viewer-1", (await gateway.NextAsync(GatewayNoticeKind.ViewerStopped)).Text);
            await session.CloseAsync();
        }
    }

    [Fact]
    public async Task Script_Stall_HoldsReadsForItsLength()
    {
        await using TestGateway gateway = await StartAsync(DeviceScript.Empty.StallAt(Seconds(5), Seconds(60)));
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        _time.Advance(Seconds(5));
        GatewayNotice stalled = await gateway.NextAsync(GatewayNoticeKind.ReadsStalled);
        _time.Advance(Seconds(60));
        GatewayNotice resumed = await gateway.NextAsync(GatewayNoticeKind.ReadsResumed);

        Assert.Equal("for 60 s", stalled.Text);
        Assert.Equal(Seconds(60), resumed.Time - stalled.Time);
        await device.SyncAsync();
    }

    [Fact]
    public async Task Script_ConnectionEnds_EndsToo()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using TestGateway gateway = await StartAsync(DeviceScript.Empty
            .At(Seconds(1), async (_, cancellationToken) =>
            {
                started.SetResult();
                await using CancellationTokenRegistration registration = cancellationToken.Register(cancelled.SetResult);
                await cancelled.Task;
            })
            .PlanAt(Seconds(2), DevicePlan.Deleted));
        using (RawDevice device = await RawDevice.LogInAsync(gateway))
        {
            _time.Advance(Seconds(1));
            await started.Task.WaitAsync(TestGateway.Patience);
        }

        await cancelled.Task.WaitAsync(TestGateway.Patience);
        await gateway.NextAsync(GatewayNoticeKind.Disconnected);
        _time.Advance(Seconds(1));

        using RawDevice again = await RawDevice.LogInAsync(gateway); // it was not deleted
    }

    [Fact]
    public async Task Script_StepWaitsForTheEndItAsksFor_IsNoDeadlock()
    {
        await using TestGateway gateway = await StartAsync(DeviceScript.Empty.At(TimeSpan.Zero, (session, _) => session.CloseAsync()));
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        Assert.StartsWith("ClosedByGateway", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_StepThrows_EndsThatConnectionAndSaysWhy()
    {
        await using TestGateway gateway = await StartAsync(
            DeviceScript.Empty.At(Seconds(0.5), (_, _) => throw new InvalidOperationException("no such key")));
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        _time.Advance(Seconds(0.5));

        Assert.Equal(
            "InternalFault: step at 0.5 s after the login: no such key", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text);
    }

    [Fact]
    public async Task Script_BacklogChannel_IsLeftAlone()
    {
        await using TestGateway gateway = await StartAsync(DeviceScript.Empty.PlanAt(TimeSpan.Zero, DevicePlan.Event));
        DevLoginReq login = RawDevice.Login();
        login.ChannelId = 1;
        using RawDevice device = await RawDevice.LogInAsync(gateway, login);

        await device.SyncAsync(); // the next message is the Pong
    }

    [Fact]
    public void Script_Impossible_IsRefusedWhereItIsWritten()
    {
        DeviceScript script = DeviceScript.Empty;

        Assert.Throws<ArgumentOutOfRangeException>(() => script.PlanAt(Seconds(-1), DevicePlan.Cloud));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.PlanAt(Seconds(1), (DevicePlan)5));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.ViewerAt(Seconds(1), TimeSpan.Zero, "v"));
        Assert.Throws<ArgumentException>(() => script.ViewerAt(Seconds(1), null, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.StallAt(Seconds(1), TimeSpan.FromDays(25)));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.StallAt(TimeSpan.FromDays(25), Seconds(1)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private Task<TestGateway> StartAsync(DeviceScript script) =>
        TestGateway.StartAsync(options => options with { TimeProvider = _time, Script = script });

    private async Task<(uint Type, uint Plan)> PlanAfterAsync(RawDevice device, double seconds)
    {
        _time.Advance(Seconds(seconds));
        DevServerCmd command = (await device.ReceiveAsync())!.DevServerCmd;
        return (command.Type, command.DeviceStatus);
    }

    private async Task<(uint Type, string Viewer)> ViewerAfterAsync(RawDevice device, double seconds)
    {
        _time.Advance(Seconds(seconds));
        DevAppCmd command = (await device.ReceiveAsync())!.DevAppCmd;
        return (command.Type, command.SrcDeviceId);
    }
}
