using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Services;

/// <summary>What the control of a device knows of the device.</summary>
/// <param name="Versions">What runs on it.</param>
/// <param name="StateDirectory">Where it keeps what survives a restart; null for nowhere.</param>
/// <param name="OpenApiFailures">How many calls of the OpenAPI have failed since the start.</param>
/// <param name="AddressRequests">How often the OpenAPI was asked for a gateway since the start.</param>
internal sealed record ControlSetup(
    FirmwareVersions Versions, string? StateDirectory, Func<long> OpenApiFailures, Func<long> AddressRequests);
