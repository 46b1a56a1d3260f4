using System.Security.Cryptography;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>A whole simulated camera at a platform: what apps and the platform ask for is done, answered and said.</summary>
public sealed class CameraPushTests : IDisposable
{
    private const string Canary = "c4n4ry";

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedTerminal _terminal = new();

    [Theory]
    [InlineData(ExitCode.Ok, "command: night vision off", "night-vision", "value=off")]
    [InlineData(ExitCode.Ok, "head: pan 250000 tilt -7", "ptz-to", "pan=250000", "tilt=-7")]
    [InlineData(ExitCode.Ok, "head: asked, stands at pan 0 tilt 0", "ptz-position")]
    [InlineData(ExitCode.Ok, "wifi: asked, 3 networks in reach", "list-wifi")]
    [InlineData(ExitCode.Ok, "wifi: joined \"andmu-garden\"", "wifi", "ssid=andmu-garden", "key=" + WifiAdapter.SampleKey)]
    [InlineData(ExitCode.Failure, "wifi: \"andmu-garden\" not joined, the key is wrong", "wifi", "ssid=andmu-garden", "key=" + Canary)]
    [InlineData(ExitCode.Ok, "card: formatted", "format-card")]
    [InlineData(ExitCode.Ok, "command: resolution HD, which the input is, 1280x720", "resolution", "value=hd")]
    [InlineData(ExitCode.Ok, "command: power off", "power", "value=off")]
    [InlineData(ExitCode.Ok, "panorama: picture 1 of 4 at 0 degrees", "panorama", "value=start", "angle=90")]
    [InlineData(ExitCode.Ok, "picture: a thumbnail of ", "thumbnails", "span=10")]
    internal async Task Push_Command_DoneAnsweredAndSaid(ExitCode exitCode, string says, params string[] command)
    {
        await using RunningGateway gateway = await StartAsync();
        Task<CommandRun> push = PushAsync(gateway);
        await gateway.LoggedInAsync();
        Task<string> line = _terminal.ErrorLineAsync(says);

        CommandRun sent = await SendAsync(command);
        await Task.WhenAny(line, push);
        CommandRun run = await StopAsync(push);

        Assert.Equal(exitCode, sent.ExitCode);
        Assert.True(line.IsCompletedSuccessfully, run.Error);
        Assert.DoesNotContain(Canary, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, "firmware: would install \"1.2\", 1040 bytes, and restart")]
    [InlineData(false, true, "firmware: would install \"1.2\", 1000 bytes, and restart")]
    [InlineData(false, false, "firmware: \"1.2\" refused, it is not a package for this camera")]
    public async Task Push_Firmware_FetchedCheckedAndNotInstalled(bool hasTrailer, bool acceptAny, string says)
    {
        byte[] content = new byte[1000];
        byte[] package = hasTrailer ? [.. content, .. FirmwareTrailer.Of(content)] : content;
        await using var server = new PackageServer(package);
        await using RunningGateway gateway = await StartAsync();
        Task<CommandRun> push = PushAsync(gateway, ["--allow-plain-http-firmware", .. acceptAny ? ["--accept-any-firmware"] : Array.Empty<string>()]);
        await gateway.LoggedInAsync();
        Task<string> line = _terminal.ErrorLineAsync(says);

        CommandRun sent = await SendAsync(
            "firmware", $"url={server.Address}/{Canary}?sign={Canary}", "version=1.2", $"md5={Convert.ToHexStringLower(MD5.HashData(package))}");
        await Task.WhenAny(line, push);
        CommandRun run = await StopAsync(push);

        Assert.Equal(ExitCode.Ok, sent.ExitCode);
        Assert.True(line.IsCompletedSuccessfully, run.Error);
        Assert.DoesNotContain(Canary, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _folder.Dispose();
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(_folder.PathOf("data"));

    private Task<CommandRun> PushAsync(RunningGateway gateway, params string[] args) => _terminal.RunAsync(
        ["push", "--input", Clip.Video, "--openapi", gateway.OpenApi, "--ca", gateway.Ca, "--loop", "1000000", "--log-level", "debug", .. args]);

    private Task<CommandRun> SendAsync(params string[] command) => CommandRun.RunAsync(["send", "--data", _folder.PathOf("data"), .. command]);

    private Task<CommandRun> StopAsync(Task<CommandRun> push)
    {
        _terminal.PressCtrlC();
        return push;
    }
}
