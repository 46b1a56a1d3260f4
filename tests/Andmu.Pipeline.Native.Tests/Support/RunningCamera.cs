using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Andmu.Pipeline.Native.Tests.Support;

/// <summary>examples/camera.c at work: what it prints, and what it takes.</summary>
internal sealed class RunningCamera : IAsyncDisposable
{
    /// <summary>What hangs is a failure; an emulated camera takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Video = Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.h264");
    private static readonly string Audio = Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.alaw");

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task<string> _errors;

    private RunningCamera(Process process)
    {
        _process = process;
        _patience.CancelAfter(Patience);
        _errors = process.StandardError.ReadToEndAsync();
        _ = ReadAsync();
    }

    public static RunningCamera Start(string program, TestPlatform platform, string[] emulator, int loops, params (string, string)[] environment)
    {
        string[] command =
        [
            .. emulator, program, platform.OpenApiUrl, platform.Server.CaPath, platform.NewFolder("state"),
            Video, Audio,
            loops.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        return new RunningCamera(Tool.Start(
            command[0], command[1..],
            [("ANDMU_ACCESS_SECRET", TestPlatform.AccessSecret), ("ANDMU_USER_TOKEN", "token-of-the-native-tests"), .. environment]));
    }

    /// <summary>Starts a program of <see cref="NativeBuild.CompileCheckedAsync"/>.</summary>
    public static RunningCamera StartProgram(string program, params string[] arguments) => new(Tool.Start(program, arguments, NativeBuild.Sanitizers));

    /// <summary>What the example has in memory of its encoder.</summary>
    public static long ClipBytes => new FileInfo(Video).Length + new FileInfo(Audio).Length;

    /// <summary>Threads at this moment.</summary>
    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Length;

    /// <summary>Resident memory at this moment, in KiB.</summary>
    public long ResidentKilobytes => long.Parse(Regex.Match(File.ReadAllText($"/proc/{_process.Id}/status"), @"VmRSS:\s+(\d+)").Groups[1].Value);

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Waits for a line.</summary>
    public async Task<string> UntilAsync(string text)
    {
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(_patience.Token))
            {
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what it has printed.
        }

        throw new InvalidOperationException($"The camera never printed \"{text}\", but:\n{string.Join('\n', _seen)}");
    }

    /// <summary>SIGUSR1: something moves, or counters are asked for.</summary>
    public Task MoveAsync() => SignalAsync("-USR1");

    /// <summary>SIGTERM, and its end.</summary>
    /// <returns>Its exit code and what it wrote to standard error.</returns>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync(_patience.Token);
        return (_process.ExitCode, await _errors);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SignalAsync(string signal) =>
        await Tool.RunAsync("kill", signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.TryComplete();
    }
}
