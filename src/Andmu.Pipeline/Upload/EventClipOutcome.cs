namespace Andmu.Pipeline.Upload;

/// <summary>Why an event's clip ended.</summary>
public enum EventClipOutcome
{
    /// <summary>What there was of it was sent, and the platform has it.</summary>
    Delivered,

    /// <summary>All there was of it was sent; that it has arrived was not proved before the uplink ended, or before too many others waited for their proof.</summary>
    Unconfirmed,

    /// <summary>The device was switched off.</summary>
    DeviceOff,

    /// <summary>The plan was changed to one that does not record events, or that records all day: then the rest of the clip is part of that.</summary>
    PlanChanged,

    /// <summary>The network was away for longer than the buffer reaches: nothing of it is left.</summary>
    Evicted,

    /// <summary>The uplink ended first.</summary>
    UplinkEnded,
}
