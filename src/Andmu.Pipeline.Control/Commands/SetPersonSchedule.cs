using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Replaces the schedule by which persons are counted (specification 5.2.9.19, request 1793/93).</summary>
/// <param name="Schedule">The whole schedule, at most 7 entries: persons are counted while it is active.</param>
/// <param name="On">The switch that comes along (<c>status</c>); null when none does, and then it stays as it is.</param>
public sealed record SetPersonSchedule(WeeklySchedule Schedule, bool? On) : ControlCommand
{
    internal override CommandCode Number => new(1793, 93);
}
