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
    public async Task Gateway_Script_HappensAtTheLoginAndIsPrinted()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            _folder.Root, [], "--plan-at", "0:trial", "--viewer-at", "0,0:60", "--stall-at", "0:0.1", "--throttle", "1000000", "--cut-every", "3600");

        CommandRun push = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max");
        CommandRun run = await gateway.StopAsync();

        Assert.Equal(ExitCode.Ok, push.ExitCode);
        string[] told = [.. run.OutLines.Skip(1).Select(static line => line.Split(' ', 4)).Where(static part => part.Length == 4).Select(static part => $"{part[1]} {part[3]}")];
        Assert.Contains("PlanChanged Trial", told);
        Assert.Contains("ViewerStarted viewer-1", told);
        Assert.Contains("ViewerStarted viewer-2", told);
        Assert.Contains("ReadsStalled for 0.1 s", told);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("events")]
    public async Task Gateway_CardUpload_DeviceDeliversThatOfItsCard(string mode)
    {
        using var card = new CardFolder();
        await card.WriteAsync(withAudio: false); // an event in its first second, and no more of them
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root, [], "--card-upload", mode);

        CommandRun push = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max", "--spool", card.Root);
        await gateway.StopAsync();

        Assert.Equal((ExitCode.Ok, 0), (push.ExitCode, Directory.GetFiles(card.Root, "*.MED").Length));
        int frames = 0;
        foreach (string film in Directory.GetFiles(_folder.Root, "*.mp4", SearchOption.AllDirectories))
        {
            string[] video = (await Recording.StreamsAsync(film))[0].Split(',');
            frames += int.Parse(video[2], System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.InRange(frames - Clip.Frames, mode == "all" ? Clip.Frames : 1, mode == "all" ? Clip.Frames : Clip.Frames - 1);
    }

    [Theory]
    [InlineData("--stall-at 5", "S:LENGTH")]
    [InlineData("--stall-at 5:0", "S:LENGTH")]
    [InlineData("--stall-at 5:1:2", "S:LENGTH")]
    [InlineData("--viewer-at soon", "S[:LENGTH]")]
    [InlineData("--viewer-at 1,", "S[:LENGTH]")]
    [InlineData("--viewer-at 1:2:3", "S[:LENGTH]")]
    [InlineData("--plan-at 5", "S:PLAN")]
    [InlineData("--plan-at 5:golden", "trial, cloud, expired, event, deleted")]
    [InlineData("--plan-at -1:cloud", "S:PLAN")]
    [InlineData("--throttle 0", "from 1 to")]
    [InlineData("--throttle 1.5", "from 1 to")]
    [InlineData("--cut-every 0", "from 0.1 to")]
    [InlineData("--card-upload some", "'all'")]
    public async Task Gateway_BadScript_OneLineThatSaysWhatToDo(string options, string says)
    {
        CommandRun run = await CommandRun.RunAsync(["gateway", "--data", _folder.Root, .. options.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
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
