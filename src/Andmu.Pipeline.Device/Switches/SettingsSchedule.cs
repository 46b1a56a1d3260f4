using Andmu.Pipeline.Control.Schedules;
using OpenApiEntry = Andmu.Pipeline.OpenApi.ScheduleEntry;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>The schedules of the platform's settings as those of commands (specification 5.1.5 and 5.2.9.16): the two rooms do not know one another.</summary>
internal static class SettingsSchedule
{
    /// <summary>The specification grants seven lines to a command, and says nothing here; beyond this it is no schedule of a person.</summary>
    private const int MaxEntries = 64;

    /// <summary>The schedule; null, for to keep the one that there is, when the platform sent none, or one that is not taken by halves.</summary>
    public static WeeklySchedule? Of(IReadOnlyList<OpenApiEntry>? entries) => entries is null or { Count: > MaxEntries }
        ? null
        : new WeeklySchedule([.. entries.Select(static entry =>
            new ScheduleEntry((WeekDays)entry.Repeat, entry.Start, entry.End, entry.Enabled, entry.Index))]);
}
