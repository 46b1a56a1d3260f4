using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>The switch of a device, and the schedule by which it is off (specification 5.2.9.10, 5.2.9.16). Immutable; time is handed in.</summary>
/// <remarks>
/// <code>
///   switch      on -------------------------- on (by hand) -------- off ----------
///   schedule         | active               |            active |
///   device      on --+ off ---------+ on ------------------------+ off -----------
///                                     until the schedule's next change
/// </code>
/// Who switches the device on by hand while the schedule has it off wants it on: until the schedule has ended and begins anew. Who has switched it off
/// by hand is never overruled: a schedule that ends switches nothing on that its user has switched off.
/// </remarks>
/// <param name="IsOn">How it was set by hand last.</param>
/// <param name="OffSchedule">When the device is off although it is set on.</param>
/// <param name="OnUntil">Until when the schedule does not count, because the device was switched on in spite of it; null when it counts.</param>
internal sealed record PowerSwitch(bool IsOn, WeeklySchedule OffSchedule, DateTimeOffset? OnUntil)
{
    /// <summary>On, without a schedule.</summary>
    public static PowerSwitch On { get; } = new(true, WeeklySchedule.Never, null);

    /// <summary>Whether the device is on at a time.</summary>
    public bool IsOnAt(DateTimeOffset now) => IsOn && (!OffSchedule.IsActive(now) || now < OnUntil);

    /// <summary>It is set by hand.</summary>
    public PowerSwitch Set(bool on, DateTimeOffset now) => this with
    {
        IsOn = on,
        OnUntil = on && OffSchedule.IsActive(now) ? OffSchedule.NextChange(now) ?? DateTimeOffset.MaxValue : null,
    };

    /// <summary>The schedule is replaced, as a whole: the new one counts at once.</summary>
    public PowerSwitch Replace(WeeklySchedule schedule) => OffSchedule.Equals(schedule) ? this : this with { OffSchedule = schedule, OnUntil = null };
}
