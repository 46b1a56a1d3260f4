using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Remote;

public sealed class RemoteHostTests
{
    private const string Device = "035569316192444";

    [Fact]
    public async Task Start_WithoutAPort_ThereIsNone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.Null(gateway.Server.ControlAddress);
        Assert.False(File.Exists(Path.Combine(gateway.DataDirectory, "control.json")));
    }

    [Fact]
    public async Task Start_WithAPort_OnLoopbackAloneAndItsFileIsTheOwners()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(static options => options with { ControlPort = 0, Host = IPAddress.Any });
        using var client = new RemoteClient(gateway);

        Assert.Equal(gateway.Server.ControlAddress, client.Address);
        Assert.Equal("127.0.0.1", client.Address.Host);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(client.Path));
        Assert.Equal(64, client.Token.Length);
        await gateway.Server.StopAsync();
        Assert.False(File.Exists(client.Path));
    }

    [Fact]
    public async Task Start_Twice_TokensDiffer()
    {
        await using TestGateway first = await RemoteClient.StartGatewayAsync();
        await using TestGateway second = await RemoteClient.StartGatewayAsync();
        using var a = new RemoteClient(first);
        using var b = new RemoteClient(second);

        Assert.NotEqual(a.Token, b.Token);
    }

    [Fact]
    public async Task Stop_FileOfALaterGateway_Stays()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using var client = new RemoteClient(gateway);
        const string Later = """{"address":"http://127.0.0.1:1/","token":"t"}""";
        File.WriteAllText(client.Path, Later);

        await gateway.Server.StopAsync();

        Assert.Equal(Later, File.ReadAllText(client.Path));
    }

    [Fact]
    public async Task Start_PortBusy_NamesItAndStopsTheRest()
    {
        using var directory = new TemporaryDirectory();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        int port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var options = new GatewayOptions { DataDirectory = directory.Path, OpenApiPort = 0, HedgwPort = 0, ControlPort = port };

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(() => GatewayServer.StartAsync(options));

        Assert.Equal(GatewayFailure.PortBusy, failure.Failure);
        Assert.Contains($"Port {port} on 127.0.0.1, wanted for control", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer TOKENx")]
    [InlineData("Basic TOKEN")]
    [InlineData("TOKEN")]
    public async Task Request_WithoutTheToken_Unauthorized(string? authorization)
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);
        client.Authorization = authorization?.Replace("TOKEN", client.Token, StringComparison.Ordinal);

        foreach ((HttpStatusCode status, string body) in new[]
        {
            await client.GetAsync("devices"),
            await client.GetAsync("events"),
            await client.GetAsync("nowhere"),
            await client.CommandAsync(Device, """{"name":"plan","parameters":{"value":"event"}}"""),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("control.json", RemoteClient.Error(body), StringComparison.Ordinal);
            Assert.DoesNotContain(client.Token, body, StringComparison.Ordinal);
        }

        Assert.Equal(DevicePlan.Cloud, Assert.Single(gateway.Server.Devices).Plan);
    }

    [Theory]
    [InlineData("evil.example:PORT")]
    [InlineData("localhost:PORT")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]:PORT")]
    public async Task Request_ForeignHost_MisdirectedEvenWithTheToken(string host)
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using var client = new RemoteClient(gateway);
        client.Host = host.Replace("PORT", $"{client.Address.Port}", StringComparison.Ordinal);

        (HttpStatusCode status, string body) = await client.GetAsync("devices");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, status);
        Assert.Contains("Host", RemoteClient.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_HugeBody_TooLarge()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);

        (HttpStatusCode status, string body) = await client.CommandAsync(Device, $$"""{"name":"{{new string('x', 70_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.NotEmpty(RemoteClient.Error(body));
    }

    [Theory]
    [InlineData("""{"name":"sing"}""", "There is no such command")]
    [InlineData("""{}""", "There is no such command")]
    [InlineData("""{"name":"rotation"}""", "rotation needs value=0|180")]
    [InlineData("""{"name":"rotation","parameters":{"value":"90"}}""", "rotation cannot have that value")]
    [InlineData("""{"name":"rotation","parameters":{"value":"180","speed":"1"}}""", "rotation has no such parameter")]
    [InlineData("""{"name":"rotation","parameters":{"value":null}}""", "A parameter is null")]
    [InlineData("""{"name":"rotation","parameters":{"value":180}}""", "The body is not")]
    [InlineData("""{"name":"wifi","parameters":{"key":"secret123","ssid":7}}""", "The body is not")]
    [InlineData("""{"name":"wifi","parameters":{"key":"secret123"}}""", "wifi needs ssid")]
    [InlineData("""{"name":"format-card","timeout":0}""", "The timeout must be")]
    [InlineData("""{"name":"format-card","timeout":1e9}""", "The timeout must be")]
    [InlineData("""{"name":"format-card","hurry":true}""", "The body is not")]
    [InlineData("""{"name":"format-card","name":"format-card"}""", "The body is not")]
    [InlineData("null", "The body is null")]
    [InlineData("", "The body is not")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[", "The body is not")]
    public async Task Command_Mistake_BadRequestThatSaysSo(string body, string says)
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);

        (HttpStatusCode status, string answer) = await client.CommandAsync(Device, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, RemoteClient.Error(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("secret123", answer, StringComparison.Ordinal);
        await device.SyncAsync(); // nothing was sent before the Pong
    }

    [Theory]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "devices/035569316192444/commands/more", 404)]
    [InlineData("POST", "devices/035569316192445/commands", 404)]
    [InlineData("POST", "devices/..%2F..%2Fetc/commands", 404)]
    [InlineData("GET", "devices/035569316192444/commands", 405)]
    [InlineData("POST", "devices", 405)]
    [InlineData("DELETE", "events", 405)]
    [InlineData("OPTIONS", "devices", 405)]
    public async Task Request_WrongAddressOrMethod_Refused(string method, string path, int expected)
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);

        (HttpStatusCode status, string body) = await client.SendAsync(
            new HttpMethod(method), path, method == "POST" ? """{"name":"format-card"}""" : null);

        Assert.Equal(expected, (int)status);
        Assert.NotEmpty(RemoteClient.Error(body));
    }

    [Fact]
    public async Task Command_Answered_ComesBackWithTheDevicesResponse()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);

        Task<(HttpStatusCode Status, string Body)> asking = client.CommandAsync(Device, """{"name":"ptz-position","timeout":30}""");
        await device.SendMessageAsync(2, CommandedDevice.Answer((await device.TakeCommandAsync()).Session, 1792, 81, """{"pan":1,"tilt":2}"""));

        (HttpStatusCode status, string body) = await asking;
        Assert.Equal(HttpStatusCode.OK, status);
        using JsonDocument answer = JsonDocument.Parse(body);
        Assert.Equal("Succeeded", answer.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(2, answer.RootElement.GetProperty("response").GetProperty("tilt").GetInt32());
    }

    [Fact]
    public async Task Command_DeviceLeavesMeanwhile_BadGateway()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);

        Task<(HttpStatusCode Status, string Body)> asking = client.CommandAsync(Device, """{"name":"format-card","timeout":30}""");
        await device.TakeCommandAsync();
        device.Dispose();

        Assert.Equal(HttpStatusCode.BadGateway, (await asking).Status);
    }

    [Fact]
    public async Task Devices_LoggedIn_AreListed()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);
        await device.SendAsync(RawDevice.Media(3, [0, 0, 0, 1, 0x67], 0, 0));
        await device.SendAsync(RawDevice.Media(2, [0, 0, 0, 1, 0x65, 1], 0, 0, key: true));
        await device.SyncAsync();

        (HttpStatusCode status, string body) = await client.GetAsync("devices");

        Assert.Equal(HttpStatusCode.OK, status);
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement listed = Assert.Single(document.RootElement.GetProperty("devices").EnumerateArray());
        Assert.Equal(
            (Device, "Cloud", "H.264", 1, 0),
            (listed.GetProperty("id").GetString(), listed.GetProperty("plan").GetString(), listed.GetProperty("codec").GetString(),
                listed.GetProperty("pictures").GetInt32(), listed.GetProperty("violationCount").GetInt32()));
    }

    [Fact]
    public async Task Events_FollowedOrNot_AreLinesOfJson()
    {
        await using TestGateway gateway = await RemoteClient.StartGatewayAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        using var client = new RemoteClient(gateway);
        await device.SendAsync(Event(1, 1));
        await device.SyncAsync();

        Assert.Contains("\"type\":1", Assert.Single(Lines((await client.GetAsync("events")).Body)), StringComparison.Ordinal);
        Assert.Single(Lines((await client.GetAsync("events?device=" + Device)).Body));
        Assert.Empty(Lines((await client.GetAsync("events?device=035569316192445")).Body));
        using StreamReader following = await client.FollowAsync("events?follow=1&device=" + Device);
        Assert.Contains("\"type\":1", await following.ReadLineAsync(), StringComparison.Ordinal);
        await device.SendAsync(Event(2, 1));
        Assert.Contains("\"type\":2", await following.ReadLineAsync(), StringComparison.Ordinal);
        await gateway.Server.StopAsync();
        Assert.Null(await following.ReadLineAsync());
    }

    private static string[] Lines(string body) => body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static HEDGWMessage Event(uint type, uint status) => new()
    {
        MessageType = MessageType.DevEventCmd,
        DevEventCmd = new DevEventCmd { Type = type, Status = status, IpcamTime = 1767323045000 },
    };
}
