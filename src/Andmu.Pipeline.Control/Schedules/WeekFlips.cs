namespace Andmu.Pipeline.Control.Schedules;

/// <summary>
/// A week, Sunday 00:00 UTC to Saturday 24:00, as the minutes at which a schedule turns on or off:
/// <code>
/// minute   0        540        1020              10079
///          |---------|##########|------- ... -------|
///                   on        off
/// </code>
/// What is on before minute 0 is what is on in the last minute, for the week is a circle.
/// </summary>
internal readonly struct WeekFlips
{
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerWeek = 7 * MinutesPerDay;

    private readonly int[] _minutes;
    private readonly bool _activeAtEnd;

    private WeekFlips(int[] minutes, bool activeAtEnd)
    {
        _minutes = minutes;
        _activeAtEnd = activeAtEnd;
    }

    public static WeekFlips Of(IReadOnlyList<ScheduleEntry> entries)
    {
        bool[] week = new bool[MinutesPerWeek];
        foreach (ScheduleEntry entry in entries)
        {
            int start = MinuteOf(entry.Start);
            int end = MinuteOf(entry.End);
            int length = start > end ? end + MinutesPerDay - start : end - start;
            for (int day = 0; day < 7 && entry.Enabled; day++)
            {
                if (((int)entry.Days >> day & 1) != 0)
                {
                    Mark(week, (day * MinutesPerDay) + start, length);
                }
            }
        }

        var minutes = new List<int>();
        bool before = week[^1];
        for (int minute = 0; minute < week.Length; minute++)
        {
            if (week[minute] != before)
            {
                minutes.Add(minute);
                before = week[minute];
            }
        }

        return new WeekFlips([.. minutes], week[^1]);
    }

    public bool IsActive(TimeSpan timeOfWeek) => _activeAtEnd ^ (FirstAfter(timeOfWeek) % 2 != 0);

    /// <summary>How long until the next one; null when there is none.</summary>
    public TimeSpan? UntilNext(TimeSpan timeOfWeek)
    {
        if (_minutes.Length == 0)
        {
            return null;
        }

        int next = FirstAfter(timeOfWeek);
        int minute = next < _minutes.Length ? _minutes[next] : _minutes[0] + MinutesPerWeek;
        return TimeSpan.FromMinutes(minute) - timeOfWeek;
    }

    /// <summary>Index of the first one later than a time, which is also how many are not.</summary>
    private int FirstAfter(TimeSpan timeOfWeek)
    {
        int minute = (int)(timeOfWeek.Ticks / TimeSpan.TicksPerMinute);
        int found = _minutes.AsSpan().BinarySearch(minute);
        return found < 0 ? ~found : found + 1;
    }

    private static void Mark(bool[] week, int start, int length)
    {
        int tail = Math.Min(length, week.Length - start);
        week.AsSpan(start, tail).Fill(true);
        // From Saturday into Sunday.
        week.AsSpan(0, length - tail).Fill(true);
    }

    private static int MinuteOf(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0
        ? (int)(time.Ticks / TimeSpan.TicksPerMinute)
        : throw new ArgumentException($"A schedule counts in whole minutes, and {time:O} is none.");
}
