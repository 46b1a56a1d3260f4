using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>The demo on real sockets, in real time; what it recorded is judged by ffprobe.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Demo_ThreeSeconds_EveryStepWorksAndTheRecordingPlays()
    {
        CommandRun run = await CommandRun.RunAsync("demo", "--seconds", "3", "--out", _folder.Root);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(8, run.OutLines.Count(static line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.StartsWith("Every step worked", run.OutLines[^2], StringComparison.Ordinal);
        Assert.StartsWith(_folder.Root, run.OutLines[^1], StringComparison.Ordinal);
        string[] streams = await Recording.StreamsAsync(run.OutLines[^1]);
        Assert.Equal("h264,3.000000,75", streams[0]);
        Assert.StartsWith("flac,3.0", streams[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_OnTerminal_DrawsTheBoard()
    {
        using var terminal = new WatchedTerminal { IsInteractive = true };

        CommandRun run = await terminal.RunAsync("demo", "--seconds", "1", "--out", _folder.Root, "--no-color");

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("✓ device registered", run.Out, StringComparison.Ordinal);
        Assert.Contains("25 frames", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[38", run.Out, StringComparison.Ordinal); // a colour
    }

    [Fact]
    public async Task Demo_CtrlC_StopsInOrderAndTheRecordingPlays()
    {
        using var terminal = new WatchedTerminal();

        Task<CommandRun> running = terminal.RunAsync("demo", "--out", _folder.Root);
        await Task.WhenAny(terminal.LineAsync("kbit/s"), running);
        terminal.PressCtrlC();
        CommandRun run = await running;

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal("andmu: stopped before the end.", Assert.Single(run.ErrorLines));
        string recording = Assert.Single(Directory.GetFiles(_folder.Root, "*.mp4", SearchOption.AllDirectories));
        Assert.StartsWith("h264,", (await Recording.StreamsAsync(recording))[0], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
