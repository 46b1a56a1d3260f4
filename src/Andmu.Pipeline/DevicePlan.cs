namespace Andmu.Pipeline;

/// <summary>The plan of a device: device_status in DevLoginResp and DevServerCmd (specification 5.2.1, 5.2.8).</summary>
public enum DevicePlan
{
    /// <summary>Trial: uploads continuously.</summary>
    Trial = 0,

    /// <summary>Cloud storage: uploads continuously.</summary>
    Cloud = 1,

    /// <summary>Expired: uploads only while a viewer watches.</summary>
    Expired = 2,

    /// <summary>Event recording: uploads on an event, or while a viewer watches.</summary>
    Event = 3,

    /// <summary>The device was deleted: it uploads nothing, stops and forgets its token.</summary>
    Deleted = 44,
}
