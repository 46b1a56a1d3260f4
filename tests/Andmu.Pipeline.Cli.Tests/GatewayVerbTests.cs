using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class GatewayVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Gateway_Started_ReadyWithAddressesAndCa()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);

        Assert.True(IPEndPoint.TryParse(gateway.Hedgw, out IPEndPoint? hedgw) && hedgw.Port > 0);
        Assert.True(Uri.TryCreate(gateway.OpenApi, UriKind.Absolute, out Uri? openApi) && openApi.Scheme == "https");
        Assert.Equal(_folder.PathOf("ca.pem"), gateway.Ca);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", File.ReadAllText(gateway.Ca), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await gateway.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Gateway_EventOfDevice_PrintedAsLines()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);

        await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max", "--event-at", "5:1");
        CommandRun run = await gateway.StopAsync();

        string[] kinds = [.. run.OutLines.Skip(1).Select(static line => line.Split(' ')[1])];
        Assert.Contains("LoggedIn", kinds);
        Assert.Contains("EventStarted", kinds);
        Assert.Contains("EventEnded", kinds);
    }

    [Fact]
    public async Task Gateway_BusyPort_OneLineAndCode2()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        string port = ((IPEndPoint)busy.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        CommandRun run = await CommandRun.RunAsync("gateway", "--data", _folder.Root, "--hedgw-port", port, "--openapi-port", "0");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(port, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
