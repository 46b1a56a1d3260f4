using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>Everything of a device that is switched by hand or by the week. Immutable; time is handed in.</summary>
/// <param name="Power">The device.</param>
/// <param name="IsMicrophoneOn">Its microphone.</param>
/// <param name="Persons">The person count.</param>
/// <param name="AlarmOff">When no alarms are wanted (specification 5.1.5, <c>alarmAlertOffSchedule</c>).</param>
internal sealed record SwitchState(PowerSwitch Power, bool IsMicrophoneOn, PersonCounting Persons, WeeklySchedule AlarmOff)
{
    /// <summary>A device that its user has switched nothing off of, and set no schedule for.</summary>
    public static SwitchState Default { get; } = new(PowerSwitch.On, IsMicrophoneOn: true, PersonCounting.Off, WeeklySchedule.Never);

    /// <summary>What is on at a time.</summary>
    public SwitchPositions At(DateTimeOffset now) => new(Power.IsOnAt(now), IsMicrophoneOn, Persons.IsOnAt(now));

    /// <summary>When that may be otherwise; null when it stays so.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now) => Earlier(Power.OffSchedule.NextChange(now), Persons.Schedule.NextChange(now));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

/// <summary>What is on.</summary>
/// <param name="IsOn">The device.</param>
/// <param name="IsMicrophoneOn">Its microphone.</param>
/// <param name="IsCountingPersons">The person count.</param>
internal readonly record struct SwitchPositions(bool IsOn, bool IsMicrophoneOn, bool IsCountingPersons);
