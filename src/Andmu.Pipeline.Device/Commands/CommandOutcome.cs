namespace Andmu.Pipeline.Device.Commands;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>It could not be read, or a value is not one that the specification has.</summary>
    Malformed = 1,

    /// <summary>Neither the host nor the device does such a thing.</summary>
    Unsupported = 2,

    /// <summary>Too many were under way.</summary>
    Busy = 3,

    /// <summary>The host's handler said no.</summary>
    Rejected = 4,

    /// <summary>The host's handler threw.</summary>
    Failed = 5,

    /// <summary>The host's handler took longer than <see cref="DeviceControlOptions.CommandTimeout"/>.</summary>
    TimedOut = 6,

    /// <summary>The device was stopped meanwhile.</summary>
    Stopped = 7,
}
