using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Replaces the schedule by which the device is off (specification 5.2.9.16, request 1793/26).</summary>
/// <param name="Schedule">The whole schedule, at most 7 entries: while it is active, media stops and the heartbeat stays.</param>
public sealed record SetOffSchedule(WeeklySchedule Schedule) : ControlCommand
{
    internal override CommandCode Number => new(1793, 26);
}
