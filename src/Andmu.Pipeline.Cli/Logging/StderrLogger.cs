using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Logging;

/// <summary>One line an entry: time of day, level, where from, what.</summary>
internal sealed class StderrLogger(string category, StderrLoggerFactory log) : ILogger
{
    // Andmu.Pipeline.Session.UplinkSession -> UplinkSession
    private readonly string _source = category[(category.LastIndexOf('.') + 1)..];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(category, logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string message = formatter(state, exception).ReplaceLineEndings(" ");
        string cause = exception is null ? "" : log.WithStackTraces ? $"{Environment.NewLine}{exception}" : $": {exception.Message.ReplaceLineEndings(" ")}";
        log.Write(string.Create(CultureInfo.InvariantCulture, $"{log.Now():HH:mm:ss.fff} {Name(logLevel)} {_source}: {message}{cause}"));
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };
}
