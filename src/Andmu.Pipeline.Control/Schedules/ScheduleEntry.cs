namespace Andmu.Pipeline.Control.Schedules;

/// <summary>One entry of a weekly schedule (specification 5.2.9.16). Days and times are UTC.</summary>
/// <param name="Days">The days on which it starts (<c>repeat</c>).</param>
/// <param name="Start">When it starts, a whole minute.</param>
/// <param name="End">
/// When it ends, a whole minute: on the following day if that is earlier than the start. Start and end alike is no time at all: the
/// specification has only a start <i>later</i> than the end cross midnight.
/// </param>
/// <param name="Enabled">Whether it applies (<c>status</c>).</param>
/// <param name="Index">Its number, 0 to 6.</param>
public sealed record ScheduleEntry(WeekDays Days, TimeOnly Start, TimeOnly End, bool Enabled, int Index);
