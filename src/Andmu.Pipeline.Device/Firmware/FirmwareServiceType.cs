namespace Andmu.Pipeline.Device.Firmware;

/// <summary>What a package replaces; the numbers are those of the command's <c>serviceType</c> (specification 5.2.9.14).</summary>
public enum FirmwareServiceType
{
    /// <summary>The device's firmware.</summary>
    Firmware = 1,

    /// <summary>The camera application.</summary>
    CameraApp = 2,
}
