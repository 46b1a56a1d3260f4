namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What a device counted in a day (specification 5.2.12).</summary>
/// <param name="ReceivedAt">When it arrived, by the gateway's clock.</param>
/// <param name="Json">The object as the device wrote it.</param>
public sealed record DeviceStatistics(DateTimeOffset ReceivedAt, string Json);
