using System.Text.Json;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>Events on the plan that records events only; what was recorded is judged by ffmpeg.</summary>
public sealed class EventClipTests : IDisposable
{
    /// <summary>The clip that comes with the command has a key frame every two seconds: a recording starts at one.</summary>
    private const double GopSeconds = 2;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, double, double> Paces => new()
    {
        // pace and the rest, event, pre-roll, post-roll
        { "--pace max --loop 3", "31:2", 5, 10 },
        { "--pace max --loop 3 --pre-roll 7 --post-roll 12", "31:2", 7, 12 },
        { "--pre-roll 4 --catch-up 8", "5:2", 4, 10 },
    };

    [Theory]
    [MemberData(nameof(Paces))]
    public async Task Push_EventAt_ClipHoldsPreRollAndPostRoll(string options, string eventAt, double preRoll, double postRoll)
    {
        await using RunningGateway gateway = await StartAsync("event");

        CommandRun run = await PushAsync(gateway, [.. options.Split(' '), "--event-at", eventAt]);
        await gateway.StopAsync();

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("clip delivered, ", Assert.Single(run.ErrorLines, IsClip), StringComparison.Ordinal);
        Assert.DoesNotContain("missing", run.Error, StringComparison.Ordinal);
        AssertFigures(clips: 1, shortClips: 0);
        string recording = Assert.Single(Directory.GetFiles(_folder.PathOf("data"), "*.mp4", SearchOption.AllDirectories));
        double wanted = preRoll + 2 + postRoll;
        Assert.InRange(await Recording.SecondsAsync(recording), wanted, wanted + GopSeconds);
        await Recording.DecodeAsync(recording);
    }

    [Fact]
    public async Task Push_InRealTimeOnTheEventPlan_LinesSayWhatIsDone()
    {
        await using RunningGateway gateway = await StartAsync("event");
        using var terminal = new WatchedTerminal();

        Task<CommandRun> running = terminal.RunAsync([.. Args(gateway), "--event-at", "2:1"]);
        await Task.WhenAny(running, Task.WhenAll(terminal.ErrorLineAsync("dropped 0  idle"), terminal.ErrorLineAsync("dropped 0  event")));
        terminal.PressCtrlC();
        CommandRun run = await running;

        Assert.Contains("dropped 0  idle", run.Error, StringComparison.Ordinal);
        Assert.Contains("dropped 0  event", run.Error, StringComparison.Ordinal);
        Assert.Contains("clip not delivered", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_InputEndsInThePostRoll_IsSaidAndCounted()
    {
        await using RunningGateway gateway = await StartAsync("event");

        CommandRun run = await PushAsync(gateway, "--pace", "max", "--event-at", "14:2");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("the input ended before the post-roll of 10.0 s", Assert.Single(run.ErrorLines, IsClip), StringComparison.Ordinal);
        AssertFigures(clips: 1, shortClips: 1);
    }

    [Theory]
    [InlineData("event", "something happens")]
    [InlineData("expired", "only while somebody watches")]
    public async Task Push_NothingDue_SaysWhatThePlanAsksFor(string plan, string says)
    {
        await using RunningGateway gateway = await StartAsync(plan);

        CommandRun run = await PushAsync(gateway, "--pace", "max");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains(says, Assert.Single(run.ErrorLines, static line => line.Contains("nothing was sent", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsClip(string line) => line.StartsWith("andmu: event at ", StringComparison.Ordinal);

    private static string[] Args(RunningGateway gateway) =>
        ["push", "--input", Clip.Video, "--audio", Clip.Audio, "--gateway", gateway.Hedgw, "--ca", gateway.Ca];

    private Task<RunningGateway> StartAsync(string plan) => RunningGateway.StartAsync(_folder.PathOf("data"), [], "--plan", plan);

    private Task<CommandRun> PushAsync(RunningGateway gateway, params string[] args) =>
        CommandRun.RunAsync([.. Args(gateway), "--stats", _folder.PathOf("stats.json"), .. args]);

    private void AssertFigures(int clips, int shortClips)
    {
        JsonElement figures = JsonDocument.Parse(File.ReadAllText(_folder.PathOf("stats.json"))).RootElement;
        Assert.Equal((clips, shortClips), (figures.GetProperty("clips").GetInt32(), figures.GetProperty("short_clips").GetInt32()));
        Assert.Equal(shortClips > 0, figures.GetProperty("clip_shortfall_s").GetDouble() > 0);
    }
}
