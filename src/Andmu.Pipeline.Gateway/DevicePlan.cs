namespace Andmu.Pipeline.Gateway;

/// <summary>The service plan of a device, as <c>device_status</c> carries it (specification 5.2.1 and 5.2.8).</summary>
public enum DevicePlan
{
    /// <summary>Trial: the device uploads continuously.</summary>
    Trial = 0,

    /// <summary>Cloud storage: the device uploads continuously.</summary>
    Cloud = 1,

    /// <summary>Expired: the device uploads only while a viewer watches.</summary>
    Expired = 2,

    /// <summary>Event recording: the device uploads on an event, with pre-roll and post-roll, or while a viewer watches.</summary>
    Event = 3,

    /// <summary>The device was deleted: it uploads nothing and its logins are answered with 2026.</summary>
    Deleted = 44,
}
