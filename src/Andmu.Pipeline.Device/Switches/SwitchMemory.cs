using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.State;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>Keeps over a restart what is switched, by hand and by the week. One thread at a time.</summary>
internal sealed class SwitchMemory(StateStore store)
{
    private KeptSwitches _switches = KeptSwitches.AllOn;
    private KeptSchedules _schedules = KeptSchedules.None;

    /// <summary>Whether the device was off at last because of its schedule alone: then the platform was told so, and repeats it.</summary>
    public bool IsOffBySchedule => _schedules.IsOffNow;

    /// <summary>The same of the person count.</summary>
    public bool ArePersonsOffBySchedule => _schedules.ArePersonsOffNow;

    /// <summary>How it was at last; the default when nothing is kept.</summary>
    public SwitchState Load()
    {
        _switches = store.LoadSwitches() ?? KeptSwitches.AllOn;
        _schedules = store.LoadSchedules() ?? KeptSchedules.None;
        return new SwitchState(
            new PowerSwitch(_switches.IsOn, new WeeklySchedule(_schedules.Off), _schedules.OnUntil), _switches.IsMicrophoneOn,
            new PersonCounting(_schedules.IsCountingPersons, new WeeklySchedule(_schedules.Persons)), new WeeklySchedule(_schedules.AlarmOff));
    }

    /// <summary>Keeps it, as far as it is not kept yet: a flash is not written without need.</summary>
    public void Keep(SwitchState state, SwitchPositions positions)
    {
        var switches = new KeptSwitches(state.Power.IsOn, state.IsMicrophoneOn);
        if (switches != _switches)
        {
            _switches = switches;
            store.Keep(switches);
        }

        KeptSchedules schedules = Schedules(state, positions);
        if (!schedules.IsSameAs(_schedules))
        {
            _schedules = schedules;
            store.Keep(schedules);
        }
    }

    private static KeptSchedules Schedules(SwitchState state, SwitchPositions positions) => new(
        state.Power.OffSchedule.Entries, state.Power.OnUntil, state.Persons.Schedule.Entries, state.Persons.IsOn, state.AlarmOff.Entries,
        IsOffNow: state.Power.IsOn && !positions.IsOn, ArePersonsOffNow: state.Persons.IsOn && !positions.IsCountingPersons);
}
