using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.State;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>Keeps over a restart what is switched, by hand and by the week. One thread at a time.</summary>
internal sealed class SwitchMemory(StateStore store)
{
    private KeptSwitches _switches = KeptSwitches.AllOn;
    private KeptSchedules _schedules = KeptSchedules.None;

    /// <summary>How it was at last; the default when nothing is kept.</summary>
    /// <param name="told">What the platform was told to be off by schedule: it repeats that in its settings.</param>
    public SwitchState Load(out OffTold told)
    {
        _switches = store.LoadSwitches() ?? KeptSwitches.AllOn;
        _schedules = store.LoadSchedules() ?? KeptSchedules.None;
        told = new OffTold(_schedules.IsOffTold, _schedules.ArePersonsOffTold);
        return new SwitchState(
            new PowerSwitch(_switches.IsOn, new WeeklySchedule(_schedules.Off), _schedules.OnUntil), _switches.IsMicrophoneOn,
            new PersonCounting(_schedules.IsCountingPersons, new WeeklySchedule(_schedules.Persons)), new WeeklySchedule(_schedules.AlarmOff));
    }

    /// <summary>Keeps it, as far as it is not kept yet: a flash is not written without need.</summary>
    public void Keep(SwitchState state, OffTold told)
    {
        var switches = new KeptSwitches(state.Power.IsOn, state.IsMicrophoneOn);
        if (switches != _switches)
        {
            _switches = switches;
            store.Keep(switches);
        }

        KeptSchedules schedules = Schedules(state, told);
        if (!schedules.IsSameAs(_schedules))
        {
            _schedules = schedules;
            store.Keep(schedules);
        }
    }

    private static KeptSchedules Schedules(SwitchState state, OffTold told) => new(
        state.Power.OffSchedule.Entries, state.Power.OnUntil, state.Persons.Schedule.Entries, state.Persons.IsOn, state.AlarmOff.Entries,
        told.Device, told.Persons);
}

/// <summary>What the platform was told last to be off by schedule alone.</summary>
internal readonly record struct OffTold(bool Device, bool Persons);
