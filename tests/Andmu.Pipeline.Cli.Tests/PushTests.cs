using System.Text.Json;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class PushTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("sslstream")]
    [InlineData("openssl")]
    public async Task Push_ToGateway_EverythingDeliveredAndCounted(string tls)
    {
        await using RunningGateway gateway = await StartAsync();
        string stats = _folder.PathOf("stats.json");

        CommandRun run = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--audio", Clip.Audio, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max", "--loop", "3",
            "--event-at", "1,70:0.5", "--tls", tls, "--stats", stats);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith("1500 frames, ", Assert.Single(run.OutLines), StringComparison.Ordinal);
        JsonElement figures = JsonDocument.Parse(File.ReadAllText(stats)).RootElement;
        Assert.Equal(
            [
                "frames", "bytes", "dropped", "gops_dropped", "cpu_s", "wall_s", "rss_kb", "alloc_bytes", "gb_per_s", "cpu_s_per_gb", "reconnects", "events",
                "clips", "short_clips", "clip_shortfall_s", "send_latency_ms", "gops_dropped_by_reason",
            ],
            figures.EnumerateObject().Select(static figure => figure.Name));
        Assert.Equal(3 * Clip.Frames, figures.GetProperty("frames").GetInt64());
        Assert.InRange(figures.GetProperty("bytes").GetInt64(), 3 * 3_000_000, 3 * 3_300_000);
        Assert.Equal(0, figures.GetProperty("dropped").GetInt64());
        Assert.Equal(0, figures.GetProperty("reconnects").GetInt64());
        Assert.Equal(1, figures.GetProperty("events").GetInt64());
        Assert.Equal(0, figures.GetProperty("clips").GetInt32()); // of events on a plan that uploads all day there are none
        Assert.Equal(0, figures.GetProperty("gops_dropped_by_reason").GetProperty("no_random_access").GetInt64());
        Assert.True(figures.GetProperty("send_latency_ms").GetDouble() > 0);
        Assert.True(figures.GetProperty("gb_per_s").GetDouble() > 0);
        Assert.True(figures.GetProperty("cpu_s_per_gb").GetDouble() > 0);
    }

    [Fact]
    public async Task Push_EventBehindTheEnd_IsSaid()
    {
        await using RunningGateway gateway = await StartAsync();

        CommandRun run = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max", "--event-at", "500");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("--event-at", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sslstream")]
    [InlineData("openssl")]
    public async Task Push_ToOpenApi_RegistersAndKeepsTheRegistration(string tls)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.PathOf("data"), [], "--require-registration");
        string[] args =
            ["push", "--input", Clip.Video, "--openapi", gateway.OpenApi, "--ca", gateway.Ca, "--pace", "max", "--tls", tls, "--state", _folder.PathOf("state")];

        CommandRun first = await CommandRun.RunAsync(args);
        CommandRun second = await CommandRun.RunAsync(args);
        CommandRun platform = await gateway.StopAsync();

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (first.ExitCode, second.ExitCode));
        Assert.Single(platform.OutLines, static line => line.Contains(" DeviceRegistered ", StringComparison.Ordinal));
        Assert.Equal(2, platform.OutLines.Count(static line => line.Contains(" LoggedIn ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Push_UnknownTokenWhereRegistrationIsRequired_Code3()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.PathOf("data"), [], "--require-registration");

        CommandRun run = await CommandRun.RunAsync("push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca);

        AssertOneLine(run, ExitCode.Authentication, "2001");
    }

    [Theory]
    [InlineData("--gateway")]
    [InlineData("--openapi")]
    public async Task Push_UntrustedCertificate_Code3(string option)
    {
        await using RunningGateway gateway = await StartAsync();
        using var other = new TemporaryFolder();
        await using RunningGateway stranger = await RunningGateway.StartAsync(other.Root);

        CommandRun run = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, option, option == "--gateway" ? gateway.Hedgw : gateway.OpenApi, "--ca", stranger.Ca);

        AssertOneLine(run, ExitCode.Authentication, "certificate");
    }

    [Theory]
    [InlineData("--gateway", "127.0.0.1:1")]
    [InlineData("--openapi", "https://127.0.0.1:1")]
    public async Task Push_NobodyThere_Code4(string option, string address)
    {
        CommandRun run = await CommandRun.RunAsync("push", "--input", Clip.Video, option, address);

        AssertOneLine(run, ExitCode.Network, "127.0.0.1:1");
    }

    [Fact]
    public async Task Push_CtrlC_StopsInOrder()
    {
        await using RunningGateway gateway = await StartAsync();
        using var terminal = new WatchedTerminal();

        Task<CommandRun> running = terminal.RunAsync(
            "push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--loop", "1000000");
        await gateway.LoggedInAsync();
        terminal.PressCtrlC();
        CommandRun run = await running;

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("stopped before the end", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertOneLine(CommandRun run, ExitCode code, string says)
    {
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(_folder.PathOf("data"));
}
