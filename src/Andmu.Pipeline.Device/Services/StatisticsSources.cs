using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Where the statistics come from. All are called by one thread at a time.</summary>
/// <param name="Uplink">Counters of the uplink.</param>
/// <param name="OpenApiFailures">How many calls of the OpenAPI have failed since the start.</param>
/// <param name="AddressRequests">How often the OpenAPI was asked for a gateway since the start.</param>
/// <param name="PlatformTime">Now, by the platform's clock.</param>
/// <param name="SelfDefine">The vendor's own JSON, at most 4096 bytes; null for none.</param>
internal sealed record StatisticsSources(
    Func<UplinkStatistics> Uplink, Func<long> OpenApiFailures, Func<long> AddressRequests, Func<DateTimeOffset> PlatformTime,
    Func<string?>? SelfDefine);
