using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Device.State;

/// <summary>What was counted and is not reported yet.</summary>
/// <param name="Start">Since when, by the platform's clock; null when it was never online.</param>
/// <param name="LastDay">The day of the last report, by the local date; null when it was never online.</param>
/// <param name="Totals">What was counted.</param>
internal sealed record KeptStatistics(DateTimeOffset? Start, DateOnly? LastDay, StatisticsTotals Totals)
{
    public static KeptStatistics None { get; } = new(null, null, StatisticsTotals.None);

    public bool IsUsable => Totals is { IsUsable: true } && Start.HasValue == LastDay.HasValue;
}
