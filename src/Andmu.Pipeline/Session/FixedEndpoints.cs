namespace Andmu.Pipeline.Session;

/// <summary>Gateways that are known beforehand.</summary>
/// <param name="endpoints">In the order in which to try them; at least one.</param>
public sealed class FixedEndpoints(params IReadOnlyList<HedgwEndpoint> endpoints) : IEndpointSource
{
    private readonly IReadOnlyList<HedgwEndpoint> _endpoints =
        endpoints.Count > 0 ? endpoints : throw new ArgumentException("At least one address is needed.", nameof(endpoints));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken) => new(_endpoints);
}
