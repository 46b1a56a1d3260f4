using Andmu.Pipeline.Device.Binding;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Sees to it that the device is registered: by a registration that is kept, else by the platform (specification 5.1.1), for whom the request
/// says, else for whom a QR code or the wired binding names. Without a request any kept one will do; with one, that which was made for it: a
/// user who scans a new QR code means it.</summary>
/// <param name="identity">Which device it is.</param>
/// <param name="request">Whom to register for; null when it is not known yet.</param>
/// <param name="users">Where a user comes from who is not known yet; null for nowhere.</param>
/// <param name="store">Where the registration is kept.</param>
/// <param name="platform">Registers it.</param>
/// <param name="progress">Told of every step.</param>
/// <param name="timeProvider">For the pauses.</param>
/// <param name="random">For their jitter.</param>
/// <param name="logger">Where to tell the rest.</param>
internal sealed class Registrar(
    OpenApiOptions identity, RegisterRequest? request, UserWait? users, StateStore store, PlatformCalls platform, ProgressFeed progress,
    TimeProvider timeProvider, Random random, ILogger logger)
{
    private readonly RegisterRequest? _request = request;

    // Outlives a start that was cancelled: nobody scans twice because the network was slow.
    private RegisterRequest? _user = request;

    /// <summary>The registration; keeps asking while only the network or the platform is in the way.</summary>
    /// <exception cref="OpenApiException">The platform refuses, or is not who it should be.</exception>
    /// <exception cref="InvalidOperationException">None is kept, and whom to register for was not said.</exception>
    public async Task<KeptRegistration> RegisterAsync(CancellationToken cancellationToken)
    {
        if (store.Load(identity.AccessKey, identity.DeviceId) is { } kept && (_request is null || kept.IsFor(_request)))
        {
            Log.RegistrationKept(logger, kept.UnifiedId);
            return kept;
        }

        if (users is null)
        {
            return await RegisterAsync(_request ?? throw NobodyToRegisterFor(), cancellationToken);
        }

        users.Open();
        try
        {
            return await RegisterForAnyAsync(users, cancellationToken);
        }
        catch (OpenApiException)
        {
            _user = _request; // the next start waits for a user, who may be another
            throw;
        }
        finally
        {
            users.Close();
        }
    }

    private static InvalidOperationException NobodyToRegisterFor() => new(
        "The device is not registered: give UserMobile and UserToken, from the QR code or the wired binding, or set QrCodeParser or WiredBinding.");

    /// <summary>Goes from user to user until the platform has registered the device for one.</summary>
    private async Task<KeptRegistration> RegisterForAnyAsync(UserWait from, CancellationToken cancellationToken)
    {
        OpenApiException? refusal = null;
        while (true)
        {
            if (_user is null)
            {
                progress.Raise(new DeviceProgress(DeviceStep.WaitingForUser) { Error = refusal });
                _user = await from.NextAsync(cancellationToken);
            }

            try
            {
                return await RegisterAsync(_user, cancellationToken);
            }
            catch (OpenApiException error) when (RegistrationRefusal.RemedyFor(error) == Remedy.AnotherUser)
            {
                Log.UserRefused(logger, error.Message);
                from.OnRefused(_user);
                _user = null;
                refusal = error;
            }
        }
    }

    private async Task<KeptRegistration> RegisterAsync(RegisterRequest user, CancellationToken cancellationToken)
    {
        progress.Raise(DeviceStep.Registering);
        var backoff = new Backoff(random);
        while (true)
        {
            users?.OnRegistering(user);
            TimeSpan wait;
            try
            {
                return Keep(user, await AskAsync(user, cancellationToken));
            }
            catch (OpenApiException error) when (RegistrationRefusal.RemedyFor(error) == Remedy.Repeat)
            {
                wait = backoff.Next();
                progress.RaiseRetrying(error, wait);
            }

            await Task.Delay(wait, timeProvider, cancellationToken);
            _user = user = users?.TryTakeNewer() ?? user;
        }
    }

    private async Task<Registration> AskAsync(RegisterRequest user, CancellationToken cancellationToken)
    {
        Registration? made = null;
        await platform.MakeAsync(async (client, token) => made = await client.RegisterAsync(user, token), cancellationToken);
        return made!;
    }

    private KeptRegistration Keep(RegisterRequest user, Registration registration)
    {
        var made = KeptRegistration.Of(identity, user, registration);
        store.Keep(made);
        Log.Registered(logger, made.UnifiedId);
        return made;
    }
}
