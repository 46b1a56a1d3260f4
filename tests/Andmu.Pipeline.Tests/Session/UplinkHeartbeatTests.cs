using Andmu.Hedgw;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkHeartbeatTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task Online_PlatformAnswers_PingsEverySpan()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(pingSpan: 7);
        var ids = new HashSet<uint>();
        for (int i = 0; i < 20; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(6.9));
            Assert.Empty(await platform.RoundTripAsync());
            rig.Time.Advance(TimeSpan.FromSeconds(0.1));
            HEDGWMessage ping = await platform.ExpectAsync(MessageType.Ping);
            Assert.True(ids.Add(ping.Ping.Id));
            await platform.PongAsync(ping.Ping.Id);
            await platform.RoundTripAsync();
        }

        Assert.Equal(UplinkState.Online, rig.Session.State);
    }

    [Theory(Timeout = Hang)]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(uint.MaxValue)]
    public async Task Ping_FromThePlatform_IsAnsweredWithItsNumber(uint id)
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SendAsync(new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = id } });
        Assert.Equal(id, (await platform.ExpectAsync(MessageType.Pong)).Pong.Id);
    }

    [Fact(Timeout = Hang)]
    public async Task PeerSilent_ForTwoSpans_Reconnects()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(pingSpan: 10);
        for (int i = 0; i < 2; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            await platform.ExpectAsync(MessageType.Ping);
        }

        Assert.Equal(UplinkState.Online, rig.Session.State);
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(UplinkFaultKind.PeerSilent, (await rig.WaitingAsync()).Kind);
        await rig.GoOnlineAsync();
        Assert.Equal(2, rig.Session.Statistics.Logins);
    }

    /// <summary>A peer that trickles bytes of a packet that it never finishes is silent all the same.</summary>
    [Fact(Timeout = Hang)]
    public async Task PeerSilent_ButTricklesBytes_Reconnects()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(pingSpan: 10);
        await platform.RoundTripAsync();
        await platform.SendRawAsync([0, 0, 1, 0]);
        for (int i = 0; i < 3; i++)
        {
            await platform.SendRawAsync([8]);
            rig.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(UplinkFaultKind.PeerSilent, (await rig.WaitingAsync()).Kind);
    }

    [Fact(Timeout = Hang)]
    public async Task PeerSilent_ButSendsCommands_StaysOnline()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync(pingSpan: 10);
        for (int i = 0; i < 20; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            await platform.ExpectAsync(MessageType.Ping);
            await platform.AppCommandAsync(0, "app", count: 1);
            await platform.RoundTripAsync();
        }

        Assert.Equal(UplinkState.Online, rig.Session.State);
    }

    [Fact(Timeout = Hang)]
    public async Task PingFlood_IsBoundedAndSurvived()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        byte[] flood = [.. Enumerable.Range(1, 5000).SelectMany(i => WirePackets.Frame(new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = (uint)i } }))];
        await platform.SendRawAsync(flood);
        List<HEDGWMessage> answers = await platform.RoundTripAsync();
        Assert.All(answers, m => Assert.Equal(MessageType.Pong, m.MessageType));
        Assert.Equal(UplinkState.Online, rig.Session.State);
        Assert.InRange(rig.Log.Lines.Length, 1, 20); // a flood of pings is not to become one of log lines
    }

    [Fact(Timeout = Hang)]
    public async Task UnexpectedMessages_AreIgnored()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SendAsync(FakePlatform.LoginAnswer(2026));
        await platform.PongAsync(12345);
        await platform.SendAsync(new HEDGWMessage { MessageType = MessageType.DevEventCmd, DevEventCmd = new DevEventCmd { Type = 1, Status = 1, IpcamTime = 1 } });
        await platform.RoundTripAsync();
        Assert.Equal(UplinkState.Online, rig.Session.State);
    }
}
