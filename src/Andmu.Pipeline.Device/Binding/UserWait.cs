using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>Waits for a user: from a QR code, and from the wired binding beside it. What comes first ends the other (specification 5.1.2).</summary>
internal sealed class UserWait(UserInbox inbox, BindingPoll? poll, RegistrationForm form)
{
    /// <summary>For a device with these options; null when no user is waited for.</summary>
    public static UserWait? For(AndmuDeviceOptions options, RegistrationForm form, UserInbox inbox, Func<BindingPoll> poll) => options switch
    {
        { WiredBinding: true } => new UserWait(inbox, poll(), form),
        { QrCodeParser: not null } => new UserWait(inbox, null, form),
        _ => null,
    };

    /// <summary>From now on a scanned user is taken.</summary>
    public void Open() => inbox.Open();

    /// <summary>From now on none is taken.</summary>
    public void Close() => inbox.Close();

    /// <summary>The platform is being asked to register the device for a user.</summary>
    public void OnRegistering(RegisterRequest user) => inbox.OnRegistering(user);

    /// <summary>The platform does not register the device for a user.</summary>
    public void OnRefused(RegisterRequest user) => inbox.OnRefused(user);

    /// <summary>Who was scanned while the platform was asked for somebody else; null when nobody was.</summary>
    public RegisterRequest? TryTakeNewer() => inbox.TryTake();

    /// <summary>The next user, once there is one.</summary>
    /// <exception cref="OpenApiException">No user can come before somebody has changed something.</exception>
    public async Task<RegisterRequest> NextAsync(CancellationToken cancellationToken)
    {
        if (poll is null)
        {
            return await inbox.TakeAsync(cancellationToken);
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<RegisterRequest> scanned = inbox.TakeAsync(both.Token);
        Task<RegisterRequest> bound = BoundAsync(poll, both.Token);
        Task<RegisterRequest> first = await Task.WhenAny(bound, scanned);
        await both.CancelAsync();
        await ((Task)Task.WhenAll(scanned, bound)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return await (scanned.IsCompletedSuccessfully ? scanned : first); // in a draw the scanned one: whoever scanned was told that it was taken
    }

    private async Task<RegisterRequest> BoundAsync(BindingPoll wired, CancellationToken cancellationToken)
    {
        BindInfo user = await wired.NextAsync(user => !inbox.IsJustRefused(Form(user)), cancellationToken);
        return Form(user);
    }

    private RegisterRequest Form(BindInfo user) => form.For(new QrBinding(user.UserMobile, user.UserToken));
}
