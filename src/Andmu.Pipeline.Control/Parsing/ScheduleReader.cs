using System.Globalization;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Reads a weekly schedule (specification 5.2.9.16 and 5.2.9.19).</summary>
internal static class ScheduleReader
{
    public static WeeklySchedule Read(JsonFields parameters)
    {
        var entries = new List<ScheduleEntry>();
        foreach (JsonFields entry in parameters.ValueList(WeeklySchedule.MaxEntries))
        {
            entries.Add(new ScheduleEntry(
                (WeekDays)entry.Integer("repeat", 0, (int)WeekDays.EveryDay), Time(entry, "startTime"), Time(entry, "endTime"),
                entry.Switch("status"), entry.Integer("index", 0, WeeklySchedule.MaxEntries - 1)));
        }

        return new WeeklySchedule(entries);
    }

    private static TimeOnly Time(JsonFields entry, string key)
    {
        string text = entry.Text(key, 0, CommandParser.MaxTextBytes);
        if (!TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            entry.Refuse(RefusalReason.OutOfRange, key, "a time as HH:mm");
        }

        return time;
    }
}
