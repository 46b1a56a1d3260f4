namespace Andmu.Pipeline.Control;

/// <summary>A line of a <see cref="WeeklySchedule"/> (specification 5.2.9.16): a span that begins on each of some days. Times are UTC, whole minutes.</summary>
/// <param name="Days">The days on which it begins.</param>
/// <param name="Start">When it begins; the minute belongs to it.</param>
/// <param name="End">When it ends; the minute does not belong to it. Earlier than the start: on the next day. The same: a day later, which the
/// specification leaves open; who asks for 00:00 to 00:00 means the day.</param>
/// <param name="IsEnabled">Whether the line applies (<c>status</c>).</param>
/// <param name="Index">Number of the line, 0 to 6.</param>
public sealed record ScheduleSpan(Weekdays Days, TimeOnly Start, TimeOnly End, bool IsEnabled, int Index);
