namespace Andmu.Pipeline.Device.Firmware;

/// <summary>What runs on the device.</summary>
/// <param name="Firmware">Version of the firmware.</param>
/// <param name="CameraApp">Version of the camera application.</param>
internal sealed record FirmwareVersions(string Firmware, string CameraApp);
