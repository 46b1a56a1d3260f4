namespace Andmu.Pipeline.Control.Schedules;

/// <summary>Days of the week as bits, as on the wire (<c>repeat</c>, specification 5.2.9.16).</summary>
[Flags]
public enum WeekDays
{
    /// <summary>No day: the entry never applies.</summary>
    None = 0,

    /// <summary>Sunday.</summary>
    Sunday = 0x01,

    /// <summary>Monday.</summary>
    Monday = 0x02,

    /// <summary>Tuesday.</summary>
    Tuesday = 0x04,

    /// <summary>Wednesday.</summary>
    Wednesday = 0x08,

    /// <summary>Thursday.</summary>
    Thursday = 0x10,

    /// <summary>Friday.</summary>
    Friday = 0x20,

    /// <summary>Saturday.</summary>
    Saturday = 0x40,

    /// <summary>All seven.</summary>
    EveryDay = 0x7F,
}
