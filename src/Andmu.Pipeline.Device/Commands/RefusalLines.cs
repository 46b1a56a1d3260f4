namespace Andmu.Pipeline.Device.Commands;

/// <summary>Which refusals are worth a line that an operator sees: the first ones of a minute. A flood of commands is not to become one of log lines.
/// Thread-safe.</summary>
internal sealed class RefusalLines(TimeProvider timeProvider)
{
    private const int PerMinute = 20;

    private readonly Lock _lock = new();
    private readonly long _origin = timeProvider.GetTimestamp();
    private long _minute;
    private long _lines;

    public bool IsWorthALine()
    {
        long minute = (long)timeProvider.GetElapsedTime(_origin).TotalMinutes;
        lock (_lock)
        {
            if (minute != _minute)
            {
                (_minute, _lines) = (minute, 0);
            }

            return ++_lines <= PerMinute;
        }
    }
}
