using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("", "demo", "gateway", "push", "load", "inspect", "spool", "send", "devices", "events", "--log-level", "--no-color")]
    [InlineData("demo", "--seconds", "--out")]
    [InlineData(
        "gateway", "--data", "--host", "--hedgw-port", "--openapi-port", "--plan", "--plan-at", "--viewer-at", "--stall-at",
        "--throttle", "--cut-every", "--card-upload", "all|events", "--control-port", "50922", "8443", "127.0.0.1")]
    [InlineData(
        "push", "--input", "--audio", "--codec", "--fps", "--pace", "--loop", "--gateway", "--openapi", "--ca", "--access-key", "--access-secret",
        "--user", "--device-id", "--mac", "--model", "--device-token", "--unified-id", "--user-token", "--event-at", "--spool", "--state", "--drain",
        "--tls", "--stats", "--pre-roll", "4 to 15", "--post-roll", "10 to 300", "--catch-up", "1.5 to 1000", "--talk", "--accept-any-firmware",
        "--allow-plain-http-firmware", "Its resolution is the camera's")]
    [InlineData(
        "load", "--devices", "--fps", "--kbps", "--seconds", "--buffer", "--connect-timeout", "--tolerate", "--gateway", "--ca", "--tls", "--access-key",
        "--access-secret", "--device-token", "--json", "--quiet", "Exit code 0")]
    [InlineData("inspect", "FILE", "--json")]
    [InlineData("spool", "ls", "verify", "export", "Writes nothing to the card")]
    [InlineData("send", "COMMAND", "KEY=VALUE", "--device", "--data", "--timeout", "--list", "--json", "andmu-gateway")]
    [InlineData("devices", "--data", "--json")]
    [InlineData("events", "--device", "--follow", "--data", "--json")]
    public async Task Help_OfVerb_NamesEveryOption(string verb, params string[] names)
    {
        string[] args = verb.Length == 0 ? ["--help"] : [verb, "--help"];

        CommandRun run = await CommandRun.RunAsync(args);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(names, name => Assert.Contains(name, run.Out, StringComparison.Ordinal));
        Assert.DoesNotContain("--verbose", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Prints()
    {
        CommandRun run = await CommandRun.RunAsync("--version");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Single(run.OutLines);
    }
}
