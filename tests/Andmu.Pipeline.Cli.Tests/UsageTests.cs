using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>Every mistake on a command line is one line that says what to do, and exit code 2.</summary>
public sealed class UsageTests
{
    // A clip that is there, and a gateway that is never asked.
    private const string Push = "push --input CLIP --gateway 127.0.0.1:1 ";
    private const string Load = "load --gateway 127.0.0.1:1 ";

    [Theory]
    [InlineData("", "--help")]
    [InlineData("sing", "sing")]
    [InlineData("demo --seconds 0", "from 1 to 86400")]
    [InlineData("demo --seconds soon", "from 1 to 86400")]
    [InlineData("demo --log-level loud", "trace, debug, info")]
    [InlineData("gateway --host nowhere", "127.0.0.1")]
    [InlineData("gateway --hedgw-port 65536", "from 0 to 65535")]
    [InlineData("gateway --openapi-port -1", "from 0 to 65535")]
    [InlineData("gateway --plan golden", "cloud")]
    [InlineData("gateway --hedgw-port 4000 --openapi-port 4000", "two ports")]
    [InlineData("push --gateway 127.0.0.1:1", "--input")]
    [InlineData("push --input CLIP", "--gateway HOST:PORT or --openapi URL")]
    [InlineData(Push + "--openapi https://localhost", "--gateway HOST:PORT or --openapi URL")]
    [InlineData("push --input CLIP --gateway nowhere", "HOST:PORT")]
    [InlineData("push --input CLIP --gateway localhost:0", "HOST:PORT")]
    [InlineData("push --input CLIP --gateway ::1:50922", "HOST:PORT")]
    [InlineData("push --input CLIP --openapi http://localhost", "https")]
    [InlineData("push --input CLIP --openapi https://a:b@localhost", "https")]
    [InlineData(Push + "--codec vp9", "h265")]
    [InlineData(Push + "--fps 0", "from 0.1 to 1000")]
    [InlineData(Push + "--fps -25", "from 0.1 to 1000")]
    [InlineData(Push + "--pace slow", "realtime")]
    [InlineData(Push + "--loop 0", "from 1 to")]
    [InlineData(Push + "--loop 1.5", "from 1 to")]
    [InlineData(Push + "--event-at 1:2:3", "S[:LENGTH]")]
    [InlineData(Push + "--event-at 1:0", "S[:LENGTH]")]
    [InlineData(Push + "--event-at 1,", "S[:LENGTH]")]
    [InlineData(Push + "--pre-roll 3.9", "from 4 to 15")]
    [InlineData(Push + "--pre-roll 16", "from 4 to 15")]
    [InlineData(Push + "--post-roll 5", "from 10 to 300")]
    [InlineData(Push + "--catch-up 1", "from 1.5 to 1000")]
    [InlineData(Push + "--pace max --catch-up 4", "--pace max")]
    [InlineData(Push + "--drain forever", "from 0 to 86400")]
    [InlineData(Push + "--device-id 12345", "15 digits")]
    [InlineData(Push + "--mac 20:59:a0:74:e0:bc", "12 hexadecimal digits")]
    [InlineData(Push + "--tls none", "sslstream")]
    [InlineData(Push + "--state folder", "--openapi")]
    [InlineData(Push + "--stats /nonexistent/stats.json", "cannot be written")]
    [InlineData(Push + "--audio nowhere.alaw", "no file")]
    [InlineData(Push + "--ca nowhere.pem", "no file")]
    [InlineData(Push + "--ca CLIP", "PEM")]
    [InlineData("push --gateway 127.0.0.1:1 --input nowhere.h264", "no file")]
    [InlineData("push --gateway 127.0.0.1:1 --input nowhere/at/all.h264", "no file")]
    [InlineData("push --gateway 127.0.0.1:1 --input /", "directory")]
    [InlineData("push --gateway 127.0.0.1:1 --input AUDIO", "no raw H.264 stream")]
    [InlineData("push --gateway 127.0.0.1:1 --input CLIP --codec h265", "--codec h264")]
    [InlineData("push --gateway 127.0.0.1:1 --input /dev/null", "no raw H.264 stream")]
    [InlineData("load", "--gateway")]
    [InlineData(Load + "--devices 0", "from 1 to 10000")]
    [InlineData(Load + "--devices some", "from 1 to 10000")]
    [InlineData(Load + "--fps 61", "from 1 to 60")]
    [InlineData(Load + "--kbps 99", "from 100 to 50000")]
    [InlineData(Load + "--seconds 0.5", "from 1 to 86400")]
    [InlineData(Load + "--buffer 0", "from 1 to 60")]
    [InlineData(Load + "--connect-timeout never", "from 1 to 3600")]
    [InlineData(Load + "--tolerate 101", "from 0 to 100")]
    [InlineData(Load + "--json /nonexistent/load.json", "--json: '/nonexistent/load.json' cannot be written")]
    [InlineData(Load + "--ca nowhere.pem", "no file")]
    [InlineData("inspect", "inspect")]
    [InlineData("inspect nowhere.bin", "no file")]
    [InlineData("inspect /", "directory")]
    [InlineData("demo --out /proc/nowhere", "Choose another")]
    [InlineData("gateway --hedgw-port 0 --openapi-port 0 --data /proc/nowhere", "Choose another")]
    public async Task Run_Mistake_OneLineAndCode2(string commandLine, string says)
    {
        string[] args = commandLine.Replace("CLIP", Clip.Video, StringComparison.Ordinal).Replace("AUDIO", Clip.Audio, StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

        CommandRun run = await CommandRun.RunAsync(args);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith("andmu", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_VerboseMistake_PrintsWhereItHappened()
    {
        CommandRun run = await CommandRun.RunAsync("inspect", "nowhere.bin", "--verbose");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(" at ", run.Error, StringComparison.Ordinal);
    }
}
