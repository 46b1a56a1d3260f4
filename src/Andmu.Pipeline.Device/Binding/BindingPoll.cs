using Andmu.Pipeline.Device.Startup;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>The wired binding (specification 5.1.2): asks the platform who has bound the device in the app, until somebody has. One caller at a time.</summary>
/// <remarks>Never sooner than 10 s after the answer before, whatever came of it and however often the wait is begun anew: what is random, and what grows
/// while the platform fails, comes on top.</remarks>
internal sealed class BindingPoll(PlatformCalls platform, ProgressFeed progress, TimeProvider timeProvider, Random random)
{
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(10); // specification 5.1.2

    private readonly Backoff _extra = new(random);
    private TimeSpan _pause = MinPause;
    private long? _lastAnswer;

    /// <summary>The next user who is accepted.</summary>
    /// <param name="isAccepted">Whether a user will do; the platform goes on naming one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpenApiException">No user can come before somebody has changed something.</exception>
    public async Task<BindInfo> NextAsync(Func<BindInfo, bool> isAccepted, CancellationToken cancellationToken)
    {
        while (true)
        {
            await PauseAsync(cancellationToken);
            if (await AskAsync(cancellationToken) is { } user && isAccepted(user))
            {
                return user;
            }
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        while (_lastAnswer is { } last && _pause - timeProvider.GetElapsedTime(last) is { Ticks: > 0 } rest) // a timer may be early by less than 1 ms
        {
            await Task.Delay(rest, timeProvider, cancellationToken);
        }
    }

    private async Task<BindInfo?> AskAsync(CancellationToken cancellationToken)
    {
        BindInfo? user = null;
        try
        {
            await platform.MakeAsync(async (client, stop) => user = await client.GetBindInfoAsync(stop), cancellationToken);
            _extra.Reset();
            _pause = MinPause + _extra.Next();
        }
        catch (OpenApiException error) when (!RegistrationRefusal.IsHopeless(error))
        {
            _pause = MinPause + _extra.Next();
            progress.RaiseRetrying(error, _pause);
        }
        finally
        {
            _lastAnswer = timeProvider.GetTimestamp();
        }

        return user;
    }
}
