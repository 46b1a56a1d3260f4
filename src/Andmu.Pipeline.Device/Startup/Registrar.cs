using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Sees to it that the device is registered: by a registration that is kept, else by the platform (specification 5.1.1), for whom the request
/// says. Without a request only a kept one will do.</summary>
internal sealed class Registrar(
    OpenApiOptions identity, RegisterRequest? request, StateStore store, PlatformCalls platform, ProgressFeed progress,
    TimeProvider timeProvider, Random random, ILogger logger)
{
    /// <summary>The registration; keeps asking while only the network or the platform is in the way.</summary>
    /// <exception cref="OpenApiException">The platform refuses, or is not who it should be.</exception>
    /// <exception cref="InvalidOperationException">None is kept, and whom to register for was not said.</exception>
    public async Task<KeptRegistration> RegisterAsync(CancellationToken cancellationToken)
    {
        if (store.Load(identity.AccessKey, identity.DeviceId) is { } kept)
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
        Registration made = await AskAsync(request, cancellationToken);
        kept = new KeptRegistration(identity.AccessKey, identity.DeviceId, request.UserMobile, made.DeviceToken, made.UnifiedId);
        store.Keep(kept);
        Log.Registered(logger, kept.UnifiedId);
        return kept;
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
