namespace Andmu.Pipeline.Upload;

/// <summary>Why an event's clip ended.</summary>
public enum EventClipOutcome
{
    /// <summary>What there was of it was sent, and the platform has it.</summary>
    Delivered,

    /// <summary>The device was switched off.</summary>
    DeviceOff,

    /// <summary>The plan was changed to one that does not record events.</summary>
    PlanChanged,

    /// <summary>The network was away for longer than the buffer reaches: nothing of it is left.</summary>
    Evicted,

    /// <summary>The uplink ended first.</summary>
    UplinkEnded,
}
