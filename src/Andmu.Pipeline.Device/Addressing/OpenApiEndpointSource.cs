using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Addressing;

/// <summary>Gateway addresses from the cache, and from the platform when none of those connects (specification 5.1.4).</summary>
/// <param name="ask">Asks the platform for one.</param>
/// <param name="cache">Those given out lately.</param>
/// <param name="refusals">Decides whether a refusal ends the uplink.</param>
/// <param name="found">Told of the address that comes first.</param>
/// <param name="logger">Where to tell of an OpenAPI that does not answer.</param>
internal sealed class OpenApiEndpointSource(
    Func<CancellationToken, Task<HedgwAddress>> ask, EndpointCache cache, RefusalPolicy refusals, Action<HedgwEndpoint> found, ILogger logger)
    : IEndpointSource
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        HedgwEndpoint[] known = Known();
        if (refresh || known.Length == 0)
        {
            known = await AskAsync(known, cancellationToken);
        }

        if (known is [HedgwEndpoint first, ..])
        {
            found(first);
        }

        return known;
    }

    private async Task<HedgwEndpoint[]> AskAsync(HedgwEndpoint[] known, CancellationToken cancellationToken)
    {
        try
        {
            cache.Add(await ask(cancellationToken));
            return Known();
        }
        catch (OpenApiException error) when (error.IsTransient && known.Length > 0)
        {
            // The gateways may be back before the OpenAPI is. After a refused login there are none: its device has cleared the cache.
            Log.AddressesReused(logger, error.Message);
            return known;
        }
        catch (OpenApiException error)
        {
            throw new UplinkException(refusals.OnAddressRefused(error), error.Message, error);
        }
    }

    private HedgwEndpoint[] Known() => [.. cache.GetAddresses().Select(static address => new HedgwEndpoint(address.Host, address.Port))];
}
