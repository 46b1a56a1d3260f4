namespace Andmu.Pipeline.Device.Services;

/// <summary>The statistics of a day, or of several if the device was off at night (specification 5.2.12).</summary>
/// <param name="Start">From when, by the platform's clock.</param>
/// <param name="End">To when.</param>
/// <param name="Totals">What was counted.</param>
/// <param name="SelfDefine">The vendor's own, checked to be JSON; null for none.</param>
internal sealed record DeviceStatistics(DateTimeOffset Start, DateTimeOffset End, StatisticsTotals Totals, string? SelfDefine);
