using Andmu.Hedgw;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkEventTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task Event_Online_IsSentAsReported()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Assert.True(rig.Session.TryReportEvent(DeviceEventType.PersonCount, started: true, At(5), "{\"count\":1}"));
        Assert.True(rig.Session.TryReportEvent(DeviceEventType.Motion, started: false, At(6)));
        Assert.Equal(
            new DevEventCmd { Type = 4, Status = 1, IpcamTime = 5000, Msg = "{\"count\":1}" }, (await platform.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd);
        Assert.Equal(new DevEventCmd { Type = 1, Status = 0, IpcamTime = 6000 }, (await platform.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd);
    }

    [Fact(Timeout = Hang)]
    public async Task Event_Offline_IsKeptForTheLogin()
    {
        await using var rig = new Rig();
        Assert.True(rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, At(1)));
        FakePlatform platform = await rig.GoOnlineAsync();
        Assert.Equal(1000ul, (await platform.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd.IpcamTime);
    }

    [Fact(Timeout = Hang)]
    public async Task Event_NotProvedWhenTheConnectionBreaks_IsSentAgain()
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection { Acknowledge = sent => sent }; // TCP's word is not enough
        FakePlatform first = await rig.GoOnlineAsync();
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, At(1));
        await first.ExpectAsync(MessageType.DevEventCmd);
        await first.RoundTripAsync();
        first.Break();
        FakePlatform second = await rig.GoOnlineAsync();
        Assert.Equal(1000ul, (await second.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd.IpcamTime);
    }

    [Fact(Timeout = Hang)]
    public async Task Event_ProvedByAPong_IsNotSentAgain()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, At(1));
        await first.ExpectAsync(MessageType.DevEventCmd);
        await first.RoundTripAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        uint id = (await first.ExpectAsync(MessageType.Ping)).Ping.Id;
        await first.RoundTripAsync(); // the flush of the ping is noted
        await first.PongAsync(id);
        await first.RoundTripAsync();
        first.Break();
        FakePlatform second = await rig.GoOnlineAsync();
        Assert.Empty(await second.RoundTripAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Event_TooManyWhileOffline_AreRefusedNotForgotten()
    {
        await using var rig = new Rig();
        int taken = Enumerable.Range(0, 1000).Count(i => rig.Session.TryReportEvent(DeviceEventType.Sound, started: true, At(i)));
        Assert.Equal(256, taken);
        FakePlatform platform = await rig.GoOnlineAsync();
        for (int i = 0; i < taken; i++)
        {
            Assert.Equal((ulong)i * 1000, (await platform.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd.IpcamTime);
        }
    }

    [Fact(Timeout = Hang)]
    public async Task Event_BeforeNineteenSeventy_IsSentAsZero()
    {
        await using var rig = new Rig();
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, DateTimeOffset.MinValue);
        FakePlatform platform = await rig.GoOnlineAsync();
        Assert.Equal(0ul, (await platform.ExpectAsync(MessageType.DevEventCmd)).DevEventCmd.IpcamTime);
    }

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
