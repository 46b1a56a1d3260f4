using System.Text.Json;
using Andmu.Pipeline.Cli.Loading;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Cli.Verbs;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class LoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("sslstream")]
    [InlineData("openssl")]
    public async Task Load_ToGateway_AllOnlineAndNothingLost(string tls)
    {
        await using RunningGateway gateway = await StartAsync();
        string json = _folder.PathOf("load.json");

        CommandRun run = await CommandRun.RunAsync(
            "load", "--devices", "3", "--seconds", "1", "--buffer", "30", "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--tls", tls, "--json", json);
        CommandRun platform = await gateway.StopAsync();

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, string.Join('\n', run.ErrorLines.Where(static line => line.StartsWith("andmu", StringComparison.Ordinal)))));
        Assert.Contains("3 of 3 online", run.Out, StringComparison.Ordinal);
        Assert.Contains("3 online", run.Error, StringComparison.Ordinal); // progress
        Assert.Equal(3, platform.OutLines.Count(static line => line.Contains(" LoggedIn ", StringComparison.Ordinal)));
        JsonElement figures = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        Assert.Equal(
            [
                "devices", "online", "connect_s", "wall_s", "frames", "frames_per_s", "mbit_per_s", "dropped", "gops_dropped", "dropped_by_reason", "unsent",
                "reconnects", "send_delay_ms", "encoder_late_ms_max", "cpu_s", "cpu_us_per_frame", "alloc_bytes", "alloc_bytes_per_frame", "rss_kb",
                "baseline_kb", "managed_kb", "buffers_kb", "kb_per_device", "threads",
            ],
            figures.EnumerateObject().Select(static figure => figure.Name));
        Assert.Equal(3, figures.GetProperty("online").GetInt32());
        Assert.Equal(0, figures.GetProperty("dropped").GetInt64());
        Assert.Equal(0, figures.GetProperty("unsent").GetInt64());
        Assert.True(figures.GetProperty("frames").GetInt64() > 0);
        Assert.True(figures.GetProperty("buffers_kb").GetInt64() > 3 * 256);
        JsonElement delay = figures.GetProperty("send_delay_ms");
        Assert.Equal(["mean", "p50", "p99", "p999", "max", "count"], delay.EnumerateObject().Select(static figure => figure.Name));
        Assert.True(delay.GetProperty("count").GetInt64() > 0);
        Assert.InRange(delay.GetProperty("p99").GetDouble(), delay.GetProperty("p50").GetDouble(), delay.GetProperty("max").GetDouble());
    }

    [Fact]
    public async Task Load_GatewayGoesAway_Code4()
    {
        await using RunningGateway gateway = await StartAsync();
        using var terminal = new WatchedTerminal();

        Task<CommandRun> running = terminal.RunAsync(
            "load", "--devices", "3", "--seconds", "1", "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--quiet", "--tolerate", "100");
        await gateway.LoggedInAsync();
        await gateway.StopAsync();
        CommandRun run = await running;

        Assert.Equal(ExitCode.Network, run.ExitCode);
        Assert.NotEmpty(run.ErrorLines);
    }

    [Fact]
    public async Task Load_NobodyThere_Code4()
    {
        CommandRun run = await CommandRun.RunAsync("load", "--devices", "2", "--gateway", "127.0.0.1:1", "--quiet");

        AssertOneLine(run, ExitCode.Network, "127.0.0.1:1");
    }

    [Fact]
    public async Task Load_UntrustedCertificate_Code3()
    {
        await using RunningGateway gateway = await StartAsync();

        CommandRun run = await CommandRun.RunAsync("load", "--devices", "2", "--gateway", gateway.Hedgw, "--quiet");

        AssertOneLine(run, ExitCode.Authentication, "certificate");
    }

    [Fact]
    public async Task Load_CtrlC_StopsInOrder()
    {
        await using RunningGateway gateway = await StartAsync();
        using var terminal = new WatchedTerminal();

        Task<CommandRun> running = terminal.RunAsync(
            "load", "--devices", "3", "--seconds", "86400", "--gateway", gateway.Hedgw, "--ca", gateway.Ca);
        await terminal.ErrorLineAsync(" 3 online");
        terminal.PressCtrlC();
        CommandRun run = await running;
        CommandRun platform = await gateway.StopAsync();

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains("stopped before the end", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, platform.OutLines.Count(static line => line.Contains(" LoggedIn ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(3, 0, 0, 0, 0)]
    [InlineData(2, 0, 0, 100, 4)]
    [InlineData(3, 1, 0, 0, 1)]
    [InlineData(3, 0, 1, 0, 1)]
    [InlineData(3, 6, 4, 9, 1)]
    [InlineData(3, 6, 4, 10, 0)]
    public void Judge_WhatTheReportSays_IsTheExitCode(int online, long dropped, long unsent, double tolerated, int expected)
    {
        LoadReport report = Report() with { Online = online, Dropped = dropped, Unsent = unsent };

        ExitCode code;
        try
        {
            code = LoadVerb.Judge(report, tolerated);
        }
        catch (CliException error)
        {
            code = error.ExitCode;
        }

        Assert.Equal(expected, (int)code);
    }

    public void Dispose() => _folder.Dispose();

    private static LoadReport Report() => new()
    {
        Devices = 3,
        Online = 3,
        ConnectSeconds = 1,
        WallSeconds = 1,
        Frames = 90,
        MegabitsPerSecond = 1,
        Dropped = 0,
        GopsDropped = 0,
        DroppedByReason = [],
        Unsent = 0,
        Reconnects = 0,
        SendDelay = default,
        EncoderLateMilliseconds = 0,
        CpuSeconds = 1,
        AllocatedBytes = 0,
        ResidentKilobytes = 1,
        BaselineKilobytes = 1,
        ManagedKilobytes = 1,
        BuffersKilobytes = 1,
        Threads = 1,
    };

    private static void AssertOneLine(CommandRun run, ExitCode code, string says)
    {
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(_folder.PathOf("data"));
}
