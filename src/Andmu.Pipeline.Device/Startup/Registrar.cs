using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Sees to it that the device is registered: by a registration that is kept, else by the platform (specification 5.1.1), for whom the request
/// says. Without a request any kept one will do; with one, that which was made for it: a user who scans a new QR code means it.</summary>
internal sealed class Registrar(
    OpenApiOptions identity, RegisterRequest? request, StateStore store, PlatformCalls platform, ProgressFeed progress,
    TimeProvider timeProvider, Random random, ILogger logger)
{
    /// <summary>The registration; keeps asking while only the network or the platform is in the way.</summary>
    /// <exception cref="OpenApiException">The platform refuses, or is not who it should be.</exception>
    /// <exception cref="InvalidOperationException">None is kept, and whom to register for was not said.</exception>
    public async Task<KeptRegistration> RegisterAsync(CancellationToken cancellationToken)
    {
        if (store.Load(identity.AccessKey, identity.DeviceId) is { } kept && (request is null || kept.IsFor(request)))
        {
            Log.RegistrationKept(logger, kept.UnifiedId);
            return kept;
        }

        if (request is null)
        {
            throw new InvalidOperationException(
                "The device is not registered: give UserMobile and UserToken, from the QR code or the wired binding.");
        }

        progress.Raise(DeviceStep.Registering);
        var made = KeptRegistration.Of(identity, request, await AskAsync(request, cancellationToken));
        store.Keep(made);
        Log.Registered(logger, made.UnifiedId);
        return made;
    }

    private async Task<Registration> AskAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(random);
        while (true)
        {
            TimeSpan wait;
            try
            {
                Registration? made = null;
                await platform.MakeAsync(async (client, token) => made = await client.RegisterAsync(request, token), cancellationToken);
                return made!;
            }
            catch (OpenApiException error) when (PlatformCalls.IsWorthRepeating(error))
            {
                wait = backoff.Next();
                progress.RaiseRetrying(error, wait);
            }

            await Task.Delay(wait, timeProvider, cancellationToken);
        }
    }
}
