using System.Net.Security;
using System.Security.Authentication;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

public sealed class LoginTests
{
    [Fact]
    public async Task Login_WithAcceptedToken_AnswersEverythingTheSpecificationNames()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with
        {
            TimeProvider = time,
            Plan = DevicePlan.Event,
            PingPongSpan = TimeSpan.FromSeconds(7),
        });
        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        await device.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));

        DevLoginResp answer = (await device.ReceiveAsync())!.DevLoginResp;

        Assert.Equal(0u, answer.Result);
        Assert.Equal("1767323045000", answer.ServerTime);
        Assert.Equal(3u, answer.DeviceStatus);
        Assert.Equal(7u, answer.PingPongSpan);
        Assert.Equal(1u, answer.SdUploadMode);
        Assert.Equal(600u, answer.PersonCountSpan);
        Assert.Equal(30u, answer.ServiceDays);
    }

    [Fact]
    public async Task Login_WithoutRegistration_TakesTheDecimalMacAsDeviceId()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        DeviceSession session = Assert.Single(gateway.Server.Devices);

        Assert.Equal("035569316192444", session.DeviceId);
        Assert.Equal(RawDevice.Mac, session.Login.Mac);
        Assert.Equal(320, session.Login.VideoWidth);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("secret")]
    [InlineData("token")]
    public async Task Login_WithWrongCredential_IsAnswered2001AndClosed(string wrong)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        DevLoginReq login = RawDevice.Login();
        switch (wrong)
        {
            case "key":
                login.AccessKey = "Other";
                break;
            case "secret":
                login.AccessSecret = "Other";
                break;
            default:
                login.DeviceToken = "Other";
                break;
        }

        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        await device.SendAsync(RawDevice.LoginPacket(login));

        Assert.Equal(2001u, (await device.ReceiveAsync())!.DevLoginResp.Result);
        GatewayNotice notice = await gateway.NextAsync(GatewayNoticeKind.Disconnected);
        Assert.StartsWith("LoginRefused: 2001", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Other", notice.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Server.Devices);
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(2008)]
    [InlineData(2026)]
    public async Task RefuseNextLogin_Once_RefusesOneLoginOnly(int result)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Server.Faults.RefuseNextLogin(result);
        using (RawDevice refused = await RawDevice.ConnectAsync(gateway))
        {
            await refused.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));
            Assert.Equal((uint)result, (await refused.ReceiveAsync())!.DevLoginResp.Result);
        }

        using RawDevice admitted = await RawDevice.LogInAsync(gateway);
    }

    [Fact]
    public async Task Login_OfDeletedDevice_IsAnswered2026()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { Plan = DevicePlan.Deleted });
        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        await device.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));

        Assert.Equal(2026u, (await device.ReceiveAsync())!.DevLoginResp.Result);
    }

    [Fact]
    public async Task Login_NeverSent_ClosesAtTheDeadline()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        // A byte at a time is no login either.
        await device.SendAsync([0]);
        await WaitUntilConnected(gateway);

        time.Advance(TimeSpan.FromSeconds(11));

        Assert.StartsWith("LoginTimeout", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
        Assert.Null(await device.ReceiveAsync());
    }

    [Fact]
    public async Task Login_Again_ClosesTheOlderConnection()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice older = await RawDevice.LogInAsync(gateway);
        using RawDevice newer = await RawDevice.LogInAsync(gateway);

        GatewayNotice notice = await gateway.NextAsync(GatewayNoticeKind.Disconnected);

        Assert.StartsWith("ReplacedByNewLogin", notice.Text, StringComparison.Ordinal);
        Assert.Single(gateway.Server.Devices);
        await newer.SyncAsync();
    }

    [Fact]
    public async Task Login_OnBacklogChannel_StandsBesideTheLiveOne()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice live = await RawDevice.LogInAsync(gateway);
        DevLoginReq login = RawDevice.Login();
        login.ChannelId = 1;
        using RawDevice backlog = await RawDevice.LogInAsync(gateway, login);

        Assert.Equal([0, 1], gateway.Server.Devices.Select(d => d.Login.ChannelId).Order());
    }

    [Theory]
    [InlineData("mac")]
    [InlineData("channel")]
    [InlineData("video")]
    [InlineData("audio")]
    public async Task Login_OutsideTheSpecification_IsClosedAsBadLogin(string field)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        DevLoginReq login = RawDevice.Login();
        switch (field)
        {
            case "mac":
                login.DeviceMac = "../../etc";
                break;
            case "channel":
                login.ChannelId = 2;
                break;
            case "video":
                login.VideoType = 3;
                break;
            default:
                login.AudioType = 0;
                break;
        }

        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        await device.SendAsync(RawDevice.LoginPacket(login));

        Assert.StartsWith("BadLogin", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_BelowTls12_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

#pragma warning disable CA5397, SYSLIB0039 // Just what must be refused.
        await Assert.ThrowsAnyAsync<Exception>(() => RawDevice.ConnectAsync(gateway, SslProtocols.Tls11));
#pragma warning restore CA5397, SYSLIB0039
    }

    [Fact]
    public async Task Handshake_WithTls13Alone_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => RawDevice.ConnectAsync(gateway, SslProtocols.Tls13));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    public async Task Handshake_WithOneSuite_SucceedsForAeadOnly(TlsCipherSuite suite, bool accepted)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        // Security level 0 would be needed for nothing here: the client offers just this suite.
        Task<RawDevice> connecting = RawDevice.ConnectAsync(gateway, suites: new CipherSuitesPolicy([suite]));

        if (accepted)
        {
            using RawDevice device = await connecting;
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => connecting);
        }
    }

    // The login's deadline starts after the handshake on the gateway's side: wait until it is there before time moves.
    private static async Task WaitUntilConnected(TestGateway gateway)
    {
        while (gateway.Server.ConnectionCount == 0)
        {
            await Task.Yield();
        }
    }
}
