using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>The switch of the person count, and the schedule by which it is on (specification 5.2.9.18, 5.2.9.19). Immutable; time is handed in.</summary>
/// <remarks>A schedule without a line that applies is none: switched on, persons are counted all the time then.</remarks>
/// <param name="IsOn">How it was set last.</param>
/// <param name="Schedule">When persons are counted.</param>
internal sealed record PersonCounting(bool IsOn, WeeklySchedule Schedule)
{
    /// <summary>Off, without a schedule.</summary>
    public static PersonCounting Off { get; } = new(false, WeeklySchedule.Never);

    /// <summary>Whether persons are counted at a time.</summary>
    public bool IsOnAt(DateTimeOffset now) => IsOn && (!Schedule.Entries.Any(static entry => entry.Enabled) || Schedule.IsActive(now));
}
