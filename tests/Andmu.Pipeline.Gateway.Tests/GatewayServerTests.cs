using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline.Gateway.Tests.Support;

namespace Andmu.Pipeline.Gateway.Tests;

public sealed class GatewayServerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_PortBusy_NamesThePortAndWhatToDo(bool openApi)
    {
        using var directory = new TemporaryDirectory();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        int port = ((IPEndPoint)holder.LocalEndpoint).Port;

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(() => GatewayServer.StartAsync(new GatewayOptions
        {
            DataDirectory = directory.Path,
            OpenApiPort = openApi ? port : 0,
            HedgwPort = openApi ? 0 : port,
        }));

        Assert.Equal(GatewayFailure.PortBusy, failure.Failure);
        Assert.Contains($"Port {port} on 127.0.0.1, wanted for {(openApi ? "OpenAPI" : "HEDGW")}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("choose another port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ForeignAddress_SaysSo()
    {
        using var directory = new TemporaryDirectory();

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(() => GatewayServer.StartAsync(new GatewayOptions
        {
            DataDirectory = directory.Path,
            Host = IPAddress.Parse("192.0.2.1"),
            OpenApiPort = 0,
            HedgwPort = 0,
        }));

        Assert.Equal(GatewayFailure.AddressNotAvailable, failure.Failure);
    }

    [Fact]
    public async Task Start_DataDirectoryIsAFile_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("file");
        File.WriteAllText(path, "");

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(
            () => GatewayServer.StartAsync(new GatewayOptions { DataDirectory = path, OpenApiPort = 0, HedgwPort = 0 }));

        Assert.Equal(GatewayFailure.DataDirectory, failure.Failure);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BrokenDeviceList_SaysSoAndKeepsIt()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("devices.json"), "{");

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(
            () => GatewayServer.StartAsync(new GatewayOptions { DataDirectory = directory.Path, OpenApiPort = 0, HedgwPort = 0 }));

        Assert.Equal(GatewayFailure.DataDirectory, failure.Failure);
        Assert.Equal("{", File.ReadAllText(directory.File("devices.json")));
    }

    public static TheoryData<string> BadOptions => ["ports", "range", "span", "limits", "secret", "plan"];

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Start_BadOption_SaysWhich(string which)
    {
        var good = new GatewayOptions { DataDirectory = "unused" };
        GatewayOptions bad = which switch
        {
            "ports" => good with { HedgwPort = 8443 },
            "range" => good with { OpenApiPort = 70000 },
            "span" => good with { PingPongSpan = TimeSpan.FromMilliseconds(1500) },
            "limits" => good with { MaxMediaPacketBytes = 1024 },
            "secret" => good with { AccessSecret = "" },
            _ => good with { Plan = (DevicePlan)17 },
        };

        GatewayException failure = await Assert.ThrowsAsync<GatewayException>(() => GatewayServer.StartAsync(bad));

        Assert.Equal(GatewayFailure.BadOptions, failure.Failure);
        Assert.False(Directory.Exists("unused"));
    }

    [Fact]
    public void ToString_OfOptions_HidesSecrets()
    {
        var options = new GatewayOptions { DataDirectory = "d", AcceptedTokens = ["tok-1"] };

        Assert.DoesNotContain(options.AccessSecret, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tok-1", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Twice_FreesThePortsOnce()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        int port = gateway.Server.HedgwEndpoint.Port;

        await gateway.Server.StopAsync();
        await gateway.Server.StopAsync();

        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
    }

    [Fact]
    public async Task Stop_WithAnIdleAndAStalledDevice_DoesNotWaitForThem()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice silent = await RawDevice.ConnectAsync(gateway);
        using RawDevice stalled = await RawDevice.LogInAsync(gateway);
        Assert.Single(gateway.Server.Devices).StallReads(true);

        await gateway.Server.StopAsync().WaitAsync(TestGateway.Patience);

        Assert.Empty(gateway.Server.Devices);
    }

    [Fact]
    public async Task Noticed_HandlerThrows_HarmsNobody()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Server.Noticed += (_, _) => throw new InvalidOperationException("a host's fault");

        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SyncAsync();
    }

    [Fact]
    public async Task Certificate_WithoutTheAuthority_IsNotTrusted()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var http = new HttpClient();

        // Without the authority nothing is trusted: the certificate does not chain to the system's.
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(gateway.Server.OpenApiAddress));
    }
}
