namespace Andmu.Pipeline.Control.Commands;

/// <summary>What an upgrade package holds, by its number on the wire (specification 5.2.9.14).</summary>
public enum FirmwareKind
{
    /// <summary>Not given; never in a command that was parsed.</summary>
    None = 0,

    /// <summary>Firmware.</summary>
    Firmware = 1,

    /// <summary>The camera app.</summary>
    CameraApp = 2,
}
