namespace Andmu.Pipeline.Control;

/// <summary>When something is active, week after week, to the minute in UTC (specification 5.2.9.16 and 5.2.9.19). Never changes.</summary>
/// <remarks>Kept as the 10,080 minutes of a week: spans that overlap, touch, or run over midnight or the week's end need no rule of their own.</remarks>
public sealed class WeeklySchedule
{
    /// <summary>Lines at the most (specification 5.2.9.16: index 0 to 6).</summary>
    public const int MaxSpans = 7;

    private const int MinutesADay = 24 * 60;
    private const int MinutesAWeek = 7 * MinutesADay;

    private readonly bool[] _minutes = new bool[MinutesAWeek]; // from Sunday 00:00

    /// <summary>Makes a schedule.</summary>
    /// <param name="spans">Its lines, in any order.</param>
    /// <exception cref="ArgumentException">More than <see cref="MaxSpans"/>.</exception>
    public WeeklySchedule(IReadOnlyList<ScheduleSpan> spans)
    {
        if (spans.Count > MaxSpans)
        {
            throw new ArgumentException($"{spans.Count} lines; at most {MaxSpans}.", nameof(spans));
        }

        Spans = [.. spans];
        foreach (ScheduleSpan span in Spans.Where(span => span.IsEnabled))
        {
            Mark(span);
        }
    }

    /// <summary>A schedule that is never active.</summary>
    public static WeeklySchedule Never { get; } = new([]);

    /// <summary>The lines.</summary>
    public IReadOnlyList<ScheduleSpan> Spans { get; }

    /// <summary>Whether it is active at a moment.</summary>
    /// <param name="time">The moment, in any offset.</param>
    public bool IsActive(DateTimeOffset time) => _minutes[MinuteOfWeek(time)];

    /// <summary>The first moment after another at which it begins or ends to be active.</summary>
    /// <param name="time">The moment to look on from, in any offset.</param>
    /// <returns>A whole minute in UTC; null when it never changes.</returns>
    public DateTimeOffset? NextChange(DateTimeOffset time)
    {
        int from = MinuteOfWeek(time);
        for (int ahead = 1; ahead <= MinutesAWeek; ahead++)
        {
            if (_minutes[(from + ahead) % MinutesAWeek] != _minutes[from])
            {
                return StartOfMinute(time).AddMinutes(ahead);
            }
        }

        return null;
    }

    private static int MinuteOfWeek(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        return ((int)utc.DayOfWeek * MinutesADay) + MinuteOfDay(TimeOnly.FromDateTime(utc));
    }

    private static DateTimeOffset StartOfMinute(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static int MinuteOfDay(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private void Mark(ScheduleSpan span)
    {
        int start = MinuteOfDay(span.Start);
        int length = MinuteOfDay(span.End) - start;
        if (length <= 0)
        {
            length += MinutesADay;
        }

        for (int day = 0; day < 7; day++)
        {
            if (((int)span.Days & (1 << day)) == 0)
            {
                continue;
            }

            for (int minute = 0; minute < length; minute++)
            {
                _minutes[((day * MinutesADay) + start + minute) % MinutesAWeek] = true;
            }
        }
    }
}
