namespace Andmu.Pipeline.OpenApi;

/// <summary>A gateway address and when the platform gave it out.</summary>
internal sealed record CachedEndpoint(HedgwAddress Address, DateTimeOffset Added);
