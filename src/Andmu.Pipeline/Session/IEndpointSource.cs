namespace Andmu.Pipeline.Session;

/// <summary>Where an uplink gets the addresses of device gateways from: a fixed list, or the OpenAPI with its cache.</summary>
public interface IEndpointSource
{
    /// <summary>Gives addresses in the order in which to try them; at least one.</summary>
    /// <param name="refresh">False: known ones will do, e.g. from a cache. True: none of those could be used, or a login failed on one; ask anew
    /// (specification 5.1.4, 5.2.1).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UplinkException">There is none to be had; its kind says whether trying again can help.</exception>
    ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken);
}
