using Andmu.Hedgw;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkLoginTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task Login_Request_SaysWhoAndWhat()
    {
        await using var rig = new Rig(o => o with
        {
            ChannelId = 1,
            Stream = new StreamDescription
            {
                VideoCodec = VideoCodec.H265,
                Width = 1920,
                Height = 1080,
                AudioCodec = AudioCodec.G726,
                AudioKilohertz = 16,
                AudioChannels = 2,
            },
        });
        FakePlatform platform = await rig.ConnectAsync();
        Assert.Equal(
            new DevLoginReq
            {
                AccessKey = "vendor",
                AccessSecret = Rig.AccessSecret,
                UserName = "13800000000",
                DeviceToken = Rig.DeviceToken,
                UnifiedId = "unified",
                DeviceMac = "A1B2C3D4E5F6",
                ChannelId = 1,
                VideoType = 2,
                VideoWidth = 1920,
                VideoHeight = 1080,
                AudioType = 1,
                AudioKhz = 16,
                AudioChannel = 2,
            },
            await platform.AnswerLoginAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Login_ParameterSetsWereSeen_TheirResolutionIsSent()
    {
        await using var rig = new Rig(o => o with { Stream = new StreamDescription { Width = 640, Height = 480 } });
        rig.WriteGops(1);
        DevLoginReq request = await (await rig.ConnectAsync()).AnswerLoginAsync();
        Assert.Equal(((uint)H264.Width, (uint)H264.Height), (request.VideoWidth, request.VideoHeight));
    }

    [Fact(Timeout = Hang)]
    public async Task Login_Refused2001_IsTriedOnceMoreThenEnds()
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).AnswerLoginAsync(2001);
        UplinkFault first = await rig.WaitingAsync();
        Assert.Equal((UplinkFaultKind.LoginRefused, 2001), (first.Kind, first.Code));
        await (await rig.ConnectAsync()).AnswerLoginAsync(2001);
        UplinkFault last = await rig.Session.Completion;
        Assert.Equal((UplinkFaultKind.LoginRefused, 2001), (last.Kind, last.Code));
        Assert.Equal(UplinkState.Ended, rig.Session.State);
        Assert.Equal(0, rig.Session.Statistics.Logins);
    }

    [Theory(Timeout = Hang)]
    [InlineData(2008u)]
    [InlineData(777u)] // a code of a newer platform is not taken for the end of the device
    public async Task Login_NotAdmitted_ComesBackAfterNinetySeconds(uint result)
    {
        await using var rig = new Rig();
        for (int i = 0; i < 3; i++)
        {
            await (await rig.ConnectAsync()).AnswerLoginAsync(result);
            UplinkFault fault = await rig.WaitingAsync();
            Assert.Equal((UplinkFaultKind.NotAdmitted, (int)result), (fault.Kind, fault.Code));
            Assert.InRange((await rig.Time.TimerAsync(80, 100)).TotalSeconds, 90, 91);
            rig.Time.Advance(TimeSpan.FromSeconds(91));
        }
    }

    [Theory(Timeout = Hang)]
    [InlineData(2026u, DevicePlan.Cloud, 2026)]
    [InlineData(0u, DevicePlan.Deleted, 44)]
    public async Task Login_DeviceDeleted_Ends(uint result, DevicePlan plan, int code)
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).AnswerLoginAsync(result, plan);
        UplinkFault fault = await rig.Session.Completion;
        Assert.Equal((UplinkFaultKind.DeviceDeleted, code), (fault.Kind, fault.Code));
    }

    [Fact(Timeout = Hang)]
    public async Task Login_NoAnswer_TimesOutAndIsTriedAgain()
    {
        await using var rig = new Rig();
        await rig.ConnectAsync();
        await rig.Time.TimerAsync(10, 10);
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(UplinkFaultKind.LoginTimeout, (await rig.WaitingAsync()).Kind);
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task Connect_NeverDone_TimesOutAndIsTriedAgain()
    {
        await using var rig = new Rig();
        rig.Connector.Failures.Enqueue(token => Task.Delay(Timeout.Infinite, token));
        rig.Session.Start();
        await rig.Time.TimerAsync(15, 15);
        rig.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(UplinkFaultKind.ConnectFailed, (await rig.WaitingAsync()).Kind);
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task Login_AnotherMessageInstead_IsAProtocolViolation()
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).SetPlanAsync(DevicePlan.Trial);
        Assert.Equal(UplinkFaultKind.ProtocolViolation, (await rig.WaitingAsync()).Kind);
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task Login_PlatformClosesInstead_IsPeerClosed()
    {
        await using var rig = new Rig();
        (await rig.ConnectAsync()).Close();
        Assert.Equal(UplinkFaultKind.PeerClosed, (await rig.WaitingAsync()).Kind);
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task Login_ConnectionBreaks_IsConnectionLost()
    {
        await using var rig = new Rig();
        (await rig.ConnectAsync()).Break();
        Assert.Equal(UplinkFaultKind.ConnectionLost, (await rig.WaitingAsync()).Kind);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_AnswerByteByByte_IsUnderstood()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.ConnectAsync();
        foreach (byte one in WirePackets.Frame(FakePlatform.LoginAnswer(plan: DevicePlan.Expired)))
        {
            await platform.SendRawAsync([one]);
        }

        await rig.StateAsync(UplinkState.Online);
        Assert.Equal(DevicePlan.Expired, rig.Session.Plan);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_PacketsRightBehindTheAnswer_AreNotLost()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.ConnectAsync();
        var command = new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevServerCmd,
            DevServerCmd = new DevServerCmd { Type = 7, DeviceStatus = (uint)DevicePlan.Event },
        };
        await platform.SendRawAsync([.. WirePackets.Frame(FakePlatform.LoginAnswer()), .. WirePackets.Frame(command)]);
        await rig.StateAsync(UplinkState.Online);
        await platform.RoundTripAsync();
        Assert.Equal(DevicePlan.Event, rig.Session.Plan);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_ServerTime_SetsTheCaptureTime()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(serverTime: "1900000000000");
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        rig.WriteGops(1, pictures: 1);
        Assert.All(await platform.ReceiveMediaAsync(2), p => Assert.Equal(1_900_000_003_000ul, p.IpcamTime));
    }

    [Theory(Timeout = Hang)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("253402300799999")] // the last ms of year 9999
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999")]
    public async Task Login_AnyServerTime_TheEncoderStillWrites(string serverTime)
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(serverTime: serverTime);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.WriteGops(1, pictures: 1);
        await platform.ReceiveMediaAsync(2);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_PlatformSaysNothingButOk_UploadsWithDefaults()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(plan: null, pingSpan: null);
        rig.WriteGops(1);
        await platform.ReceiveMediaAsync(6);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await platform.ExpectAsync(HEDGWMessage.Types.MessageType.Ping);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_Refused_AsksForTheAddressAnew()
    {
        var source = new CountingSource();
        await using var rig = new Rig(endpoints: source);
        await (await rig.ConnectAsync()).AnswerLoginAsync(2001);
        await rig.GoOnlineAsync();
        Assert.Equal([false, true], source.Refreshes);
    }

    private sealed class CountingSource : IEndpointSource
    {
        public List<bool> Refreshes { get; } = [];

        public ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken)
        {
            Refreshes.Add(refresh);
            return new([new HedgwEndpoint("a", 1), new HedgwEndpoint("b", 1)]);
        }
    }
}
