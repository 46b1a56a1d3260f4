namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>A terminal that keeps what is written, tells when a line has come, and can press Ctrl-C.</summary>
internal sealed class WatchedTerminal(Dictionary<string, string>? variables = null, Stream? input = null) : IDisposable
{
    private readonly WatchedWriter _out = new();
    private readonly WatchedWriter _error = new();
    private readonly CancellationTokenSource _interrupt = new();

    public bool IsInteractive { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public string Out => _out.Text;

    public void PressCtrlC() => _interrupt.Cancel();

    /// <summary>The first line of the data that has that in it.</summary>
    public Task<string> LineAsync(string part) => _out.LineAsync(part).WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>The first line of the log that has that in it.</summary>
    public Task<string> ErrorLineAsync(string part) => _error.LineAsync(part).WaitAsync(TestContext.Current.CancellationToken);

    public async Task<CommandRun> RunAsync(params string[] args)
    {
        var terminal = new Terminal
        {
            Out = _out,
            Error = _error,
            OpenInput = () => input ?? Stream.Null,
            Variable = name => variables?.GetValueOrDefault(name),
            IsInteractive = IsInteractive,
            TimeProvider = TimeProvider,
        };
        ExitCode exitCode = await CommandLine.RunAsync(args, terminal, _interrupt.Token);
        return new CommandRun(exitCode, _out.Text, _error.Text);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _out.Dispose();
        _error.Dispose();
    }
}
