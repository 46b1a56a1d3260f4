namespace Andmu.Pipeline.Upload;

/// <summary>Event clips that have ended, by why they did.</summary>
/// <param name="Delivered">What there was of them was sent, and the platform has it.</param>
/// <param name="Unconfirmed">All there was of them was sent, but that it has arrived was not proved.</param>
/// <param name="DeviceOff">Given up because the device was switched off.</param>
/// <param name="PlanChanged">Given up because the plan was changed to one that does not record events.</param>
/// <param name="Evicted">Lost: the network was away for longer than the buffer reaches.</param>
/// <param name="UplinkEnded">Given up because the uplink ended first.</param>
public readonly record struct ClipTotals(int Delivered, int Unconfirmed, int DeviceOff, int PlanChanged, int Evicted, int UplinkEnded)
{
    /// <summary>Those that ended for one reason.</summary>
    public int this[EventClipOutcome outcome] => outcome switch
    {
        EventClipOutcome.Delivered => Delivered,
        EventClipOutcome.Unconfirmed => Unconfirmed,
        EventClipOutcome.DeviceOff => DeviceOff,
        EventClipOutcome.PlanChanged => PlanChanged,
        EventClipOutcome.Evicted => Evicted,
        EventClipOutcome.UplinkEnded => UplinkEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };

    /// <summary>One more.</summary>
    internal ClipTotals Plus(EventClipOutcome outcome) => outcome switch
    {
        EventClipOutcome.Delivered => this with { Delivered = Delivered + 1 },
        EventClipOutcome.Unconfirmed => this with { Unconfirmed = Unconfirmed + 1 },
        EventClipOutcome.DeviceOff => this with { DeviceOff = DeviceOff + 1 },
        EventClipOutcome.PlanChanged => this with { PlanChanged = PlanChanged + 1 },
        EventClipOutcome.Evicted => this with { Evicted = Evicted + 1 },
        EventClipOutcome.UplinkEnded => this with { UplinkEnded = UplinkEnded + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };
}
