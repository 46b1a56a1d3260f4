using Andmu.Hedgw;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Messages;

public sealed class UplinkMessageTests
{
    private const int Hang = 20_000;
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9];

    [Fact(Timeout = Hang)]
    public async Task Send_AnAnswer_ReachesThePlatformWithEveryField()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Assert.True(rig.Session.TrySend(new DeviceMessage(DeviceMessageType.Response) { Destination = "phone", Message = "{}", Data = Jpeg }));
        DevIpCamCmd sent = (await platform.ExpectAsync(MessageType.DevIpCamCmd)).DevIpcamCmd;
        Assert.Equal((2u, "unified", "phone", "{}", (uint)Jpeg.Length), (sent.Type, sent.SrcDeviceId, sent.DstDeviceId, sent.Msg, sent.DataSize));
        Assert.Equal(Jpeg, sent.Data.ToByteArray());
    }

    [Fact(Timeout = Hang)]
    public async Task Send_WithoutTheOptionalFields_LeavesThemOut()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.Session.TrySend(new DeviceMessage(DeviceMessageType.FirmwareProgress));
        DevIpCamCmd sent = (await platform.ExpectAsync(MessageType.DevIpCamCmd)).DevIpcamCmd;
        Assert.Equal((1u, false, false, false, false), (sent.Type, sent.HasDstDeviceId, sent.HasMsg, sent.HasData, sent.HasDataSize));
    }

    [Fact(Timeout = Hang)]
    public async Task Send_Kept_GoesAgainOverTheNextConnection_TheRestDoesNot()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.Session.TrySend(new DeviceMessage(DeviceMessageType.FirmwareProgress) { Message = "kept", IsKept = true });
        rig.Session.TrySend(new DeviceMessage(DeviceMessageType.Response) { Message = "asked for by nobody any more" });
        await first.ExpectAsync(MessageType.DevIpCamCmd);
        first.Break(); // before anything was confirmed
        FakePlatform second = await rig.GoOnlineAsync();
        Assert.Equal("kept", (await second.ExpectAsync(MessageType.DevIpCamCmd)).DevIpcamCmd.Msg);
        Assert.Empty(await second.RoundTripAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Send_LongerThanAPlatformTakes_IsTheHostsMistake()
    {
        await using var rig = new Rig();
        var tooLong = new DeviceMessage(DeviceMessageType.Transparent) { Data = new byte[(1 << 20) + 1] };
        Assert.Throws<ArgumentException>(() => rig.Session.TrySend(tooLong));
    }

    [Fact(Timeout = Hang)]
    public async Task Send_MoreBytesThanTheBoxHolds_IsRefusedUntilTheyAreGone_AndCostsNoEvent()
    {
        const int ThreeMiBHoldThis = 3;
        await using var rig = new Rig();
        var large = new DeviceMessage(DeviceMessageType.Transparent) { Data = new byte[1_000_000] };
        for (int i = 0; i < ThreeMiBHoldThis; i++)
        {
            Assert.True(rig.Session.TrySend(large));
        }

        Assert.False(rig.Session.TrySend(large));
        Assert.True(rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, rig.Time.GetUtcNow()));
        FakePlatform platform = await rig.GoOnlineAsync();
        for (int i = 0; i < ThreeMiBHoldThis; i++)
        {
            await platform.ExpectAsync(MessageType.DevIpCamCmd);
        }

        await platform.ExpectAsync(MessageType.DevEventCmd);
        Assert.True(rig.Session.TrySend(large));
    }

    [Fact(Timeout = Hang)]
    public async Task Thumbnail_IsAMediaPackageOfItsOwnCount()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(rig.Session.TrySendThumbnail(Jpeg));
        Assert.True(rig.Session.TrySendThumbnail(Jpeg));
        List<TDMediaPackage> sent = await platform.ReceiveMediaAsync(2);
        Assert.Equal([0u, 1u], sent.Select(p => p.SeqNum));
        Assert.All(sent, p => Assert.Equal((5u, 0u, (uint)Jpeg.Length, 3000u), (p.PackageType, p.Sync, p.DataSize, p.StartTime)));
        Assert.Equal((ulong)rig.Time.GetUtcNow().ToUnixTimeMilliseconds(), sent[0].IpcamTime);
        Assert.Equal(Jpeg, sent[0].Data.ToByteArray());
    }

    [Fact(Timeout = Hang)]
    public async Task Thumbnail_OfflineOrSwitchedOff_IsNotSent()
    {
        await using var rig = new Rig();
        Assert.False(rig.Session.TrySendThumbnail(Jpeg));
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.Session.IsDeviceOn = false;
        Assert.False(rig.Session.TrySendThumbnail(Jpeg));
        Assert.Empty(await platform.RoundTripAsync());
    }

    [Theory(Timeout = Hang)]
    [InlineData(320u, 320)]
    [InlineData(uint.MaxValue, int.MaxValue)]
    public async Task ServerCommand_Thumbnails_AreAskedOfTheHost(uint width, int expected)
    {
        await using var rig = new Rig();
        var asked = new List<ThumbnailRequest>();
        rig.Session.ThumbnailsRequested += asked.Add;
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SendAsync(new HEDGWMessage
        {
            MessageType = MessageType.DevServerCmd,
            DevServerCmd = new DevServerCmd { Type = 9, ThumbnailSpan = 10, ThumbnailWidth = width, ThumbnailHeight = 180 },
        });
        await platform.RoundTripAsync();
        Assert.Equal([new ThumbnailRequest(TimeSpan.FromSeconds(10), expected, 180)], asked);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_Terms_AreThereWhenTheUplinkIsOnline()
    {
        await using var rig = new Rig();
        LoginTerms? seen = null;
        rig.Session.StateChanged += change => seen = change.State == UplinkState.Online ? rig.Session.Terms : seen;
        FakePlatform platform = await rig.ConnectAsync();
        await platform.ExpectAsync(MessageType.DevLoginReq);
        HEDGWMessage answer = FakePlatform.LoginAnswer();
        answer.DevLoginResp.PersonCountSpan = 60;
        answer.DevLoginResp.SdUploadMode = 2;
        answer.DevLoginResp.ServiceDays = 7;
        await platform.SendAsync(answer);
        await rig.StateAsync(UplinkState.Online);
        Assert.Equal(new LoginTerms(TimeSpan.FromSeconds(60), SdUploadMode.EventsOnly, 7), seen);
    }

    [Fact(Timeout = Hang)]
    public async Task Login_SaysNothingElse_TermsAreEmpty()
    {
        await using var rig = new Rig();
        await rig.GoOnlineAsync();
        Assert.Equal(new LoginTerms(null, SdUploadMode.Unknown, null), rig.Session.Terms);
    }
}
