using System.Text.Json;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>The verbs that drive a running gateway: send, devices, events.</summary>
public sealed class RemoteVerbsTests : IDisposable
{
    private const string Position =
        """{"msgCategory":"camera","msgContent":{"response":RESPONSE,"responseRequest":1792,"responseSubRequest":81,"responseParams":{"pan":50,"tilt":5}},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Send_List_NamesEveryCommandAndParameter()
    {
        CommandRun run = await CommandRun.RunAsync("send", "--list");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(31, run.OutLines.Count(static line => !line.StartsWith(' ')));
        Assert.Contains("    direction=left|right|up|down|home", run.OutLines);
        Assert.Contains("    [angle=1..360] default: 30", run.OutLines);
        Assert.Contains("list-wifi: The Wi-Fi networks in reach. Waits for the answer.", run.OutLines);
    }

    [Theory]
    [InlineData("send", "send --list")]
    [InlineData("send sing", "There is no such command. The commands are motion-sensitivity,")]
    [InlineData("send rotation", "rotation needs value=0|180.")]
    [InlineData("send rotation value=90", "use 0|180")]
    [InlineData("send rotation value=180 speed=1", "Its parameters are value.")]
    [InlineData("send rotation value=180 value=0", "'value' is given twice")]
    [InlineData("send rotation 180", "KEY=VALUE")]
    [InlineData("send rotation value=180 --timeout 0", "from 0.1 to 3600")]
    [InlineData("send rotation value=180 --device 12345", "15 digits")]
    [InlineData("events --device 12345", "15 digits")]
    [InlineData("gateway --control-port 65536", "from 0 to 65535")]
    [InlineData("gateway --hedgw-port 0 --openapi-port 4000 --control-port 4000", "port of its own")]
    public async Task Run_Mistake_OneLineAndCode2(string commandLine, string says)
    {
        CommandRun run = await CommandRun.RunAsync([.. commandLine.Split(' '), "--data", _folder.Root]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("send rotation value=180")]
    [InlineData("devices")]
    [InlineData("events")]
    public async Task Run_NoGateway_OneLineAndCode4(string commandLine)
    {
        CommandRun missing = await CommandRun.RunAsync([.. commandLine.Split(' '), "--data", _folder.Root]);
        // A gateway that was killed leaves its file; nobody listens on port 1.
        File.WriteAllText(_folder.PathOf("control.json"), """{"address":"http://127.0.0.1:1/","token":"secret123"}""");
        CommandRun killed = await CommandRun.RunAsync([.. commandLine.Split(' '), "--data", _folder.Root]);

        Assert.All([missing, killed], run =>
        {
            Assert.Equal(ExitCode.Network, run.ExitCode);
            Assert.Contains("No gateway runs", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.DoesNotContain("secret123", run.Error, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"address":"http://192.0.2.1:80/","token":"t"}""")]
    [InlineData("""{"address":"https://127.0.0.1:80/","token":"t"}""")]
    public async Task Run_ForeignControlFile_OneLineAndCode2(string file)
    {
        File.WriteAllText(_folder.PathOf("control.json"), file);

        CommandRun run = await CommandRun.RunAsync("devices", "--data", _folder.Root);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("is not the file of a gateway", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Answered_PrintsTheAnswer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);

        Task<CommandRun> text = Send("ptz-position");
        await device.AnswerAsync(Position.Replace("RESPONSE", "0", StringComparison.Ordinal));
        Task<CommandRun> json = SendTo("--json", "ptz-position");
        await device.AnswerAsync(Position.Replace("RESPONSE", "0", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Ok, (await text).ExitCode);
        Assert.Matches($$"""^{{AnsweringDevice.Id}} ptz-position Succeeded [0-9.]+ s {"pan":50,"tilt":5}$""", Assert.Single((await text).OutLines));
        using JsonDocument answer = JsonDocument.Parse(Assert.Single((await json).OutLines));
        Assert.Equal(50, answer.RootElement.GetProperty("response").GetProperty("pan").GetInt32());
    }

    [Theory]
    [InlineData("-1", "Failed")]
    [InlineData("7", "Invalid")]
    public async Task Send_DeviceSaysNo_Code1(string response, string outcome)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);

        Task<CommandRun> sending = Send("ptz-position");
        await device.AnswerAsync(Position.Replace("RESPONSE", response, StringComparison.Ordinal));

        Assert.Equal(ExitCode.Failure, (await sending).ExitCode);
        Assert.Contains($" {outcome} ", Assert.Single((await sending).OutLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NotAnswered_Code1()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);

        CommandRun run = await Send("ptz-position", "--timeout", "0.1");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains(" TimedOut ", Assert.Single(run.OutLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CommandWithoutAnAnswer_CodeOkAndTheDeviceHasIt()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);

        CommandRun run = await Send("ptz-to", "pan=-5", "tilt=7");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("\"requestParams\":{\"pan\":-5,\"tilt\":7}", await device.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PlanAndUnknownDevices()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        CommandRun nobody = await Send("plan", "value=event");
        using AnsweringDevice first = await AnsweringDevice.LogInAsync(gateway);
        CommandRun planned = await Send("plan", "value=event");
        CommandRun unknown = await SendTo("--device", "123456789012345", "plan", "value=event");
        using AnsweringDevice second = await AnsweringDevice.LogInAsync(gateway, "2059a074e0bd");
        // The second login is told after it is answered.
        CommandRun devices;
        do
        {
            devices = await CommandRun.RunAsync("devices", "--data", _folder.Root, "--json");
        }
        while (devices.OutLines.Length < 2);
        CommandRun several = await Send("plan", "value=cloud");

        Assert.Equal((ExitCode.Failure, ExitCode.Ok, ExitCode.Failure, ExitCode.Usage), (nobody.ExitCode, planned.ExitCode, unknown.ExitCode, several.ExitCode));
        Assert.Contains("No device is logged in", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("No device of that id", unknown.Error, StringComparison.Ordinal);
        Assert.Contains($"--device: {AnsweringDevice.Id}, 035569316192445.", several.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WrongToken_Code3()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        string path = _folder.PathOf("control.json");
        string file = File.ReadAllText(path);
        using JsonDocument document = JsonDocument.Parse(file);
        File.WriteAllText(path, file.Replace(document.RootElement.GetProperty("token").GetString()!, new string('0', 64), StringComparison.Ordinal));

        CommandRun run = await CommandRun.RunAsync("devices", "--data", _folder.Root);

        Assert.Equal(ExitCode.Authentication, run.ExitCode);
        Assert.Contains("token", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_LoggedIn_ATable()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);

        CommandRun run = await CommandRun.RunAsync("devices", "--data", _folder.Root);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith("DEVICE ", run.OutLines[0], StringComparison.Ordinal);
        Assert.Matches($"^{AnsweringDevice.Id} +0 +127.0.0.1:[0-9]+ +Cloud +H.264 1280x720 +0 +0 ", Assert.Single(run.OutLines[1..]));
    }

    [Fact]
    public async Task Events_Followed_ComeAsTheyHappenUntilCtrlC()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);
        await device.RaiseMotionAsync();
        using var terminal = new WatchedTerminal();
        Task<string> line = terminal.LineAsync(" motion start");

        Task<CommandRun> following = terminal.RunAsync("events", "--follow", "--data", _folder.Root);
        Assert.Equal($"2026-01-02T03:04:05.000Z {AnsweringDevice.Id} motion start", await line);
        terminal.PressCtrlC();
        CommandRun listed = await CommandRun.RunAsync("events", "--json", "--device", AnsweringDevice.Id, "--data", _folder.Root);

        Assert.Equal(ExitCode.Ok, (await following).ExitCode);
        Assert.StartsWith("{\"deviceId\":\"" + AnsweringDevice.Id, Assert.Single(listed.OutLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_GatewayStops_FollowingEnds()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.Root);
        using AnsweringDevice device = await AnsweringDevice.LogInAsync(gateway);
        await device.RaiseMotionAsync();
        using var terminal = new WatchedTerminal();
        Task<string> line = terminal.LineAsync(" motion start");
        Task<CommandRun> following = terminal.RunAsync("events", "--follow", "--data", _folder.Root);
        await line;

        await gateway.StopAsync();

        Assert.Equal(ExitCode.Ok, (await following).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> Send(params string[] args) => CommandRun.RunAsync(["send", "--data", _folder.Root, .. args]);

    private Task<CommandRun> SendTo(string option, params string[] args) => Send([option, .. args]);
}
