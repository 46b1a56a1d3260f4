namespace Andmu.Pipeline.OpenApi;

/// <summary>One line of a weekly schedule (specification 5.1.5 and 5.2.9.16). Times are UTC.</summary>
/// <param name="Repeat">The days on which it starts: bit 0 Sunday to bit 6 Saturday, 0 to 127.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends: on the following day if that is earlier than the start.</param>
/// <param name="Enabled">Whether the line applies (<c>status</c>).</param>
/// <param name="Index">Number of the line, from 0.</param>
public sealed record ScheduleEntry(int Repeat, TimeOnly Start, TimeOnly End, bool Enabled, int Index);
