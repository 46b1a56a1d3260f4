using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Keeps every line of every category, exceptions and parameters written out.</summary>
internal sealed class RecordingLoggers : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string parameters = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join("; ", pairs) : "";
        Lines.Enqueue((logLevel, $"{formatter(state, exception)} {parameters} {exception}"));
    }

    public void Dispose()
    {
    }
}
