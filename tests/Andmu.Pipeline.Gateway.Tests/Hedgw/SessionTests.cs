using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

public sealed class SessionTests
{
    [Fact]
    public async Task Drive_EveryCommand_ReachesTheDevice()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);

        await session.SendPingAsync();
        Assert.Equal(1u, (await device.ReceiveAsync())!.Ping.Id);
        await session.SetPlanAsync(DevicePlan.Expired);
        DevServerCmd plan = (await device.ReceiveAsync())!.DevServerCmd;
        Assert.Equal((7u, 2u), (plan.Type, plan.DeviceStatus));
        await session.RequestThumbnailsAsync(TimeSpan.FromSeconds(5), 320, 180);
        DevServerCmd thumbnails = (await device.ReceiveAsync())!.DevServerCmd;
        Assert.Equal((9u, 5u, 320u, 180u), (thumbnails.Type, thumbnails.ThumbnailSpan, thumbnails.ThumbnailWidth, thumbnails.ThumbnailHeight));
        await session.StartViewerAsync("phone");
        DevAppCmd starts = (await device.ReceiveAsync())!.DevAppCmd;
        Assert.Equal((8u, "phone", session.DeviceId), (starts.Type, starts.SrcDeviceId, starts.DstDeviceId));
        Assert.Equal(["phone"], session.Viewers);
        await session.StopViewerAsync("phone");
        Assert.Equal(9u, (await device.ReceiveAsync())!.DevAppCmd.Type);
        Assert.Empty(session.Viewers);
        await session.SetViewerCountAsync(3);
        DevAppCmd count = (await device.ReceiveAsync())!.DevAppCmd;
        Assert.Equal((0u, 3u), (count.Type, count.Count));
        await session.SendCommandAsync("{\"msgSession\":1}", "app-7");
        DevAppCmd command = (await device.ReceiveAsync())!.DevAppCmd;
        Assert.Equal((33u, "app-7", "{\"msgSession\":1}", 1u), (command.Type, command.SrcDeviceId, command.Msg, command.Id));
        await session.SendTalkAsync(new byte[160], 40);
        TDMediaPackage talk = (await device.ReceiveAsync())!.TdMediaPackage;
        Assert.Equal((1u, 160u, 40u, 1u), (talk.PackageType, talk.DataSize, talk.StartTime, talk.SeqNum));
        await session.SendRawAsync(RawDevice.Frame(new HEDGWMessage { MessageType = MessageType.Pong, Pong = new Pong { Id = 9 } }));
        Assert.Equal(9u, (await device.ReceiveAsync())!.Pong.Id);
    }

    [Fact]
    public async Task SetPlan_OfADevice_HoldsAtItsNextLogin()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using (RawDevice device = await RawDevice.LogInAsync(gateway))
        {
            await Assert.Single(gateway.Server.Devices).SetPlanAsync(DevicePlan.Event);
        }

        using RawDevice again = await RawDevice.ConnectAsync(gateway);
        await again.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));

        Assert.Equal(3u, (await again.ReceiveAsync())!.DevLoginResp.DeviceStatus);
    }

    [Fact]
    public async Task Counters_CountEveryKindOfPackage()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(RawDevice.Media(3, [0, 0, 0, 1, 0x67], 0, 0));
        await device.SendAsync(RawDevice.Media(2, [0, 0, 0, 1, 0x65, 1], 0, 0, key: true));
        await device.SendAsync(RawDevice.Media(2, [0, 0, 0, 1, 0x41, 1], 1, 40));
        await device.SendAsync(RawDevice.Media(1, new byte[160], 0, 0));
        await device.SendAsync(new HEDGWMessage { MessageType = MessageType.Pong, Pong = new Pong { Id = 1 } });
        await device.SyncAsync();

        DeviceCounters counters = Assert.Single(gateway.Server.Devices).Counters;
        Assert.Equal(new DeviceCounters
        {
            Packets = 6,
            Bytes = counters.Bytes,
            VideoPackages = 2,
            KeyFrames = 1,
            AudioPackages = 1,
            ParameterSetPackages = 1,
            MediaBytes = 177,
            Pings = 1,
            Pongs = 1,
        }, counters);
        Assert.InRange(counters.Bytes, 177 + 24, 400);
    }

    [Fact]
    public async Task Events_AreToldKeptAndWrittenALineEach()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(Event(1, 1, 1767323045000));
        await device.SendAsync(Event(4, 1, ulong.MaxValue, "{\"start\":1,\"stop\":2,\"count\":3}"));
        await device.SendAsync(Event(1, 0, 1767323047000));

        Assert.Equal("motion at 2026-01-02T03:04:05.000Z", (await gateway.NextAsync(GatewayNoticeKind.EventStarted)).Text);
        Assert.Matches("^person count at .* {\"start\":1,", (await gateway.NextAsync(GatewayNoticeKind.EventStarted)).Text);
        Assert.Equal("motion at 2026-01-02T03:04:07.000Z", (await gateway.NextAsync(GatewayNoticeKind.EventEnded)).Text);
        Assert.Equal([(1, 1), (4, 1), (1, 0)], gateway.Server.Events.Select(e => (e.Type, e.Status)));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), gateway.Server.Events[0].DeviceTime);
        string[] lines = File.ReadAllLines(Path.Combine(gateway.DataDirectory, "events.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("{\"deviceId\":\"035569316192444\",\"type\":1,\"status\":1,\"deviceTime\":\"2026-01-02T03:04:05", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thumbnail_IsKeptAsAFile()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(RawDevice.Media(5, [0xFF, 0xD8, 0xFF], 0, 0));

        string path = (await gateway.NextAsync(GatewayNoticeKind.Thumbnail)).Text;
        Assert.Equal([0xFF, 0xD8, 0xFF], File.ReadAllBytes(path));
    }

    [Fact]
    public async Task DeviceMessage_IsToldWithoutControlCharacters()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(new HEDGWMessage
        {
            MessageType = MessageType.DevIpCamCmd,
            DevIpcamCmd = new DevIpCamCmd { Type = 2, SrcDeviceId = "1", DstDeviceId = "app", Msg = "{\"a\":\u001b[2J1}" },
        });

        Assert.Equal("{\"a\": [2J1}", (await gateway.NextAsync(GatewayNoticeKind.DeviceMessage)).Text);
    }

    [Fact]
    public async Task ResolutionChanged_IsToldAsSuch()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(new HEDGWMessage
        {
            MessageType = MessageType.DevIpCamCmd,
            DevIpcamCmd = new DevIpCamCmd { Type = 3, SrcDeviceId = "1", Msg = "1280x720" },
        });

        Assert.Equal("1280x720", (await gateway.NextAsync(GatewayNoticeKind.ResolutionChanged)).Text);
    }

    [Fact]
    public async Task Violation_IsToldAndKeptInWords()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { Plan = DevicePlan.Event });
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        await session.StartViewerAsync("phone");
        await device.ReceiveAsync();

        await device.SendAsync(RawDevice.Media(1, new byte[160], 5, 100, flag: 2));
        await device.SendAsync(RawDevice.Media(1, new byte[160], 6, 120));

        GatewayNotice notice = await gateway.NextAsync(GatewayNoticeKind.Violation);
        Assert.StartsWith("audio 6 at 120 ms: control_flag is missing", notice.Text, StringComparison.Ordinal);
        Assert.Equal(notice.Text, Assert.Single(session.Violations));
        Assert.Equal(1, session.Audit.Violations);
    }

    [Fact]
    public async Task Heartbeat_Missing_ClosesAfterThreeSpans()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        time.Advance(TimeSpan.FromSeconds(29));
        await device.SyncAsync();
        time.Advance(TimeSpan.FromSeconds(29));
        await device.SyncAsync();
        time.Advance(TimeSpan.FromSeconds(31));

        Assert.StartsWith("HeartbeatTimeout", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StallReads_HoldsTheConnectionAndItsBytes()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        long held = session.Reads.Holds.Count;
        session.StallReads(true);
        await device.UntilHeldAsync(session, held);

        // 64 MiB do not fit into the buffers of both ends: the write has to wait.
        byte[] packet = RawDevice.Frame(RawDevice.Media(2, new byte[1024 * 1024], 0, 0));
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < 64; i++)
            {
                await device.SendAsync(packet);
            }
        });
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.False(writing.IsCompleted);
        Assert.Equal(0, session.Counters.VideoPackages);
        session.StallReads(false);
        await writing;
        await device.SyncAsync();
        Assert.Equal(64, session.Counters.VideoPackages);
    }

    [Fact]
    public async Task Close_FromCode_EndsInOrder()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await Assert.Single(gateway.Server.Devices).CloseAsync();

        Assert.Null(await device.ReceiveAsync());
        Assert.StartsWith("ClosedByGateway", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_FromCode_ResetsTheConnection()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);

        session.Abort();

        // A FIN would be null, the end of the stream.
        await Assert.ThrowsAsync<IOException>(device.ReceiveAsync);
        Assert.StartsWith("AbortedByGateway", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => session.SendPingAsync());
    }

    [Fact]
    public async Task CutEvery_OnTheClock_ResetsAgainAndAgain()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        gateway.Server.Faults.CutEvery = TimeSpan.FromSeconds(3);
        for (int i = 0; i < 3; i++)
        {
            using RawDevice device = await RawDevice.LogInAsync(gateway);
            time.Advance(TimeSpan.FromSeconds(3));
            Assert.StartsWith("AbortedByGateway", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
        }

        gateway.Server.Faults.CutEvery = null;
        using RawDevice spared = await RawDevice.LogInAsync(gateway);
        time.Advance(TimeSpan.FromSeconds(3));
        await spared.SyncAsync();
    }

    [Fact]
    public async Task IgnoreLoginsAndPings_AreNeverAnswered()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        gateway.Server.Faults.IgnorePings = true;
        await device.SendAsync(new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = 1 } });
        await Assert.Single(gateway.Server.Devices).SendPingAsync();
        Assert.NotNull((await device.ReceiveAsync())!.Ping); // and no Pong before it

        gateway.Server.Faults.IgnoreLogins = true;
        using RawDevice second = await RawDevice.ConnectAsync(gateway);
        await second.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));
        second.HalfClose();
        Assert.Null(await second.ReceiveAsync());
    }

    [Fact]
    public async Task Device_Gone_IsTold()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        (await RawDevice.LogInAsync(gateway)).Dispose();

        GatewayNotice notice = await gateway.NextAsync(GatewayNoticeKind.Disconnected);

        Assert.Matches("^(ClosedByDevice|ConnectionLost)", notice.Text);
        Assert.Equal("035569316192444", notice.DeviceId);
        Assert.Empty(gateway.Server.Devices);
    }

    [Fact]
    public async Task Stop_WithDevices_FinishesTheirRecordings()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        EncodedClip clip;
        using (var directory = new TemporaryDirectory())
        {
            clip = EncodedClip.Make(directory, Media.VideoCodec.H264, seconds: 2);
        }

        using RawDevice device = await RawDevice.LogInAsync(gateway);
        foreach (TDMediaPackage package in clip.Packages())
        {
            await device.SendAsync(new HEDGWMessage { MessageType = MessageType.TdmediaPackage, TdMediaPackage = package });
        }

        await device.SyncAsync();
        await gateway.Server.StopAsync();

        RecordingInfo recording = Assert.Single(gateway.Server.Recordings);
        Assert.True(recording.IsFinished);
        Assert.Equal(50, recording.Frames);
        Ffmpeg.AssertDecodesWithoutComplaint(recording.Path);
        Assert.Null(await device.ReceiveAsync());
    }

    [Fact]
    public async Task Device_ClosesRightAfterItsLastPackage_LosesNone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using (RawDevice device = await RawDevice.LogInAsync(gateway))
        {
            DeviceSession session = Assert.Single(gateway.Server.Devices);
            long held = session.Reads.Holds.Count;
            session.StallReads(true);
            await device.UntilHeldAsync(session, held);

            // All of it waits in the gateway's buffers when the device is gone.
            for (uint i = 0; i < 100; i++)
            {
                await device.SendAsync(RawDevice.Media(1, new byte[160], i, i * 20));
            }

            await device.SendAsync(Event(1, 1, 1767323045000));
        }

        await gateway.NextAsync(GatewayNoticeKind.EventStarted);
        Assert.Matches("^(ClosedByDevice|ConnectionLost)", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text);
    }

    private static HEDGWMessage Event(uint type, uint status, ulong time, string? message = null)
    {
        var command = new DevEventCmd { Type = type, Status = status, IpcamTime = time };
        if (message is not null)
        {
            command.Msg = message;
        }

        return new HEDGWMessage { MessageType = MessageType.DevEventCmd, DevEventCmd = command };
    }
}
