namespace Andmu.Pipeline.Control;

/// <summary>Switches the device on or off (specification 5.2.9.10; request 1815). Off: no media; the connection stays.</summary>
/// <param name="On">Whether it is to be on.</param>
public sealed record SetDeviceOn(bool On) : ControlCommand;

/// <summary>When the device is to be off (specification 5.2.9.16; request 1793, subRequest 26). Replaces what was set before.</summary>
/// <param name="Schedule">Active: off.</param>
public sealed record SetOffSchedule(WeeklySchedule Schedule) : ControlCommand;

/// <summary>Switches the microphone (specification 5.2.9.4; request 1793, subRequest 37). Off: silence is sent, not nothing.</summary>
/// <param name="On">Whether it is to be on.</param>
public sealed record SetMicrophone(bool On) : ControlCommand;

/// <summary>Switches the status light (specification 5.2.9.7; request 1793, subRequest 19).</summary>
/// <param name="On">Whether it is to be on.</param>
public sealed record SetStatusLight(bool On) : ControlCommand;
