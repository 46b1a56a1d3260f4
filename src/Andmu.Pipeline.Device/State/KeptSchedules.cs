using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Device.State;

/// <summary>What is switched by the week.</summary>
/// <param name="Off">When the device is off.</param>
/// <param name="OnUntil">Until when it is on in spite of that; null when it is not.</param>
/// <param name="Persons">When persons are counted.</param>
/// <param name="IsCountingPersons">Whether they are at all.</param>
/// <param name="AlarmOff">When no alarms are wanted.</param>
/// <param name="IsOffTold">Whether the platform was told last that the schedule has the device off.</param>
/// <param name="ArePersonsOffTold">The same of the person count.</param>
internal sealed record KeptSchedules(
    IReadOnlyList<ScheduleEntry> Off, DateTimeOffset? OnUntil, IReadOnlyList<ScheduleEntry> Persons, bool IsCountingPersons,
    IReadOnlyList<ScheduleEntry> AlarmOff, bool IsOffTold, bool ArePersonsOffTold)
{
    public static KeptSchedules None { get; } = new([], null, [], IsCountingPersons: false, [], IsOffTold: false, ArePersonsOffTold: false);

    public bool IsUsable => Off.Concat(Persons).Concat(AlarmOff).All(static entry => entry is not null && IsWholeMinute(entry.Start) && IsWholeMinute(entry.End));

    /// <summary>Whether two say the same: lists are compared by what is in them.</summary>
    public bool IsSameAs(KeptSchedules other) =>
        Off.SequenceEqual(other.Off) && Persons.SequenceEqual(other.Persons) && AlarmOff.SequenceEqual(other.AlarmOff)
            && this == other with { Off = Off, Persons = Persons, AlarmOff = AlarmOff };

    private static bool IsWholeMinute(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;
}
