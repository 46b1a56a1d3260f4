using System.Diagnostics;
using System.Globalization;

namespace Andmu.Pipeline.Spool.Tests.Crash;

/// <summary>A process that writes a journal; what it was told is kept, by its own word.</summary>
internal sealed class WriterProcess : IDisposable
{
    /// <summary>The exit code of one that SIGKILL has ended.</summary>
    public const int Killed = 128 + 9;

    private readonly Process _process;

    /// <param name="directory">Where the journal lies.</param>
    /// <param name="run">Its number: all its records say it.</param>
    /// <param name="records">How many it writes; 0 for no end.</param>
    /// <param name="deadlyCall">The call of its store at which it kills itself; 0 for none.</param>
    /// <param name="wrapper">A program to start it with.</param>
    public WriterProcess(string directory, int run, int records, int deadlyCall, params string[] wrapper)
    {
        string[] arguments =
        [
            .. wrapper,
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Andmu.Pipeline.Spool.CrashWriter.dll"),
            directory,
            run.ToString(CultureInfo.InvariantCulture),
            records.ToString(CultureInfo.InvariantCulture),
            deadlyCall.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>Tickets up to which media and events are kept.</summary>
    public Dictionary<char, uint> Kept { get; } = new() { ['M'] = 0, ['E'] = 0 };

    /// <summary>What it said at its end: how it went, or the call at which it kills itself.</summary>
    public string LastWord { get; private set; } = string.Empty;

    public int ExitCode => _process.ExitCode;

    /// <summary>Listens until it has said so many lines, turns so many rounds, kills it, and listens to what was still in the pipe.</summary>
    public async Task KillAfterAsync(int lines, int rounds, CancellationToken cancellationToken)
    {
        for (int i = 0; i < lines && await ListenAsync(cancellationToken); i++)
        {
        }

        Thread.SpinWait(rounds);
        _process.Kill();
        await EndAsync(cancellationToken);
    }

    /// <summary>Listens until it ends by itself.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        while (await ListenAsync(cancellationToken))
        {
        }

        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line is ['M' or 'E', ' ', ..] && uint.TryParse(line.AsSpan(2), CultureInfo.InvariantCulture, out uint ticket))
        {
            Kept[line[0]] = ticket;
        }

        LastWord = line is ['S' or 'D', ..] ? line : LastWord;
        return line is not null;
    }
}
