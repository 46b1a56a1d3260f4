using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Logging;

/// <summary>Makes loggers that write one line an entry. Any thread; the writer is synchronised.</summary>
internal sealed class StderrLoggerFactory : ILoggerFactory
{
    // What a web host has to say is of use to those who look for faults in it only: what concerns the user comes as an exception.
    private const string Framework = "Microsoft.";

    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly bool _isGiven;
    private volatile LogLevel _minimum;

    /// <summary>A factory.</summary>
    /// <param name="writer">Where lines go.</param>
    /// <param name="given">What the user asked for, or null: errors, and warnings after <see cref="ShowWarnings"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="withStackTraces">Whether exceptions are written whole.</param>
    public StderrLoggerFactory(TextWriter writer, LogLevel? given, TimeProvider time, bool withStackTraces)
    {
        _writer = writer;
        _time = time;
        _isGiven = given is not null;
        _minimum = given ?? LogLevel.Error;
        WithStackTraces = withStackTraces;
    }

    public bool WithStackTraces { get; }

    /// <summary>The start has succeeded: from now on what goes wrong does not end the command and is worth a line, unless the user said otherwise.
    /// Before, it ends the command, and the line that says so is enough.</summary>
    public void ShowWarnings() => _minimum = _isGiven ? _minimum : LogLevel.Warning;

    public ILogger CreateLogger(string categoryName) => new StderrLogger(categoryName, this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log goes to stderr only.");

    public void Dispose()
    {
        // The writer belongs to the terminal.
    }

    public bool IsEnabled(string category, LogLevel level) =>
        level >= _minimum && level != LogLevel.None
        && (_minimum <= LogLevel.Debug || !category.StartsWith(Framework, StringComparison.Ordinal));

    public void Write(string line) => _writer.WriteLine(line);

    public DateTimeOffset Now() => _time.GetLocalNow();
}
