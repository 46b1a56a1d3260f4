using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Native.Diagnostics;

/// <summary>Loggers that write to <see cref="NativeLog"/>.</summary>
internal sealed class NativeLoggers : ILoggerFactory
{
    public static NativeLoggers Instance { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one place that the log goes to.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => NativeLog.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                NativeLog.Write(logLevel, category, formatter(state, exception), exception);
            }
        }
    }
}
