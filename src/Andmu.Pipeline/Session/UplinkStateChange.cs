namespace Andmu.Pipeline.Session;

/// <summary>An uplink has come into another state.</summary>
/// <param name="State">The new state.</param>
/// <param name="Fault">What led to it, for <see cref="UplinkState.Waiting"/> and <see cref="UplinkState.Ended"/>.</param>
public readonly record struct UplinkStateChange(UplinkState State, UplinkFault? Fault);
