using System.Threading.Channels;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>Where a scanned user waits to be registered for. Holds one: who scans twice means the second. Thread-safe.</summary>
/// <remarks>A scanner sees a code in every picture for as long as it is held in front of it. So the user who is being registered for is taken again without
/// effect, and one whom the platform has refused is not taken again for a minute: the wired binding, too, goes on naming him.</remarks>
internal sealed class UserInbox(RegistrationForm form, TimeProvider timeProvider)
{
    private static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Channel<RegisterRequest>? _arrivals;
    private RegisterRequest? _current;
    private RegisterRequest? _refused;
    private long _refusedAt;

    /// <summary>Whether a user is taken now.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _arrivals is not null;
            }
        }
    }

    /// <summary>From now on users are taken; one left from before is not.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _arrivals = Channel.CreateBounded<RegisterRequest>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        }
    }

    /// <summary>From now on no user is taken.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _arrivals = null;
            _current = null;
        }
    }

    public BindingRefusal TryPut(QrBinding user)
    {
        if (!KeptRegistration.IsText(user.UserMobile) || !KeptRegistration.IsText(user.UserToken))
        {
            return BindingRefusal.Invalid;
        }

        RegisterRequest request = form.For(user);
        lock (_lock)
        {
            if (_arrivals is null)
            {
                return BindingRefusal.NotWaiting;
            }

            if (WasJustRefused(request))
            {
                return BindingRefusal.JustRefused;
            }

            if (!IsSame(request, _current))
            {
                _arrivals.Writer.TryWrite(request);
            }

            return BindingRefusal.None;
        }
    }

    /// <summary>The next user, once there is one. Only while open.</summary>
    public Task<RegisterRequest> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _arrivals!.Reader.ReadAsync(cancellationToken).AsTask();
        }
    }

    /// <summary>The next user, if there is one. Only while open.</summary>
    public RegisterRequest? TryTake()
    {
        lock (_lock)
        {
            return _arrivals!.Reader.TryRead(out RegisterRequest? user) ? user : null;
        }
    }

    /// <summary>The platform is being asked to register the device for a user.</summary>
    public void OnRegistering(RegisterRequest user)
    {
        lock (_lock)
        {
            _current = user;
        }
    }

    /// <summary>The platform does not register the device for a user.</summary>
    public void OnRefused(RegisterRequest user)
    {
        lock (_lock)
        {
            _current = null;
            _refused = user;
            _refusedAt = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Whether the platform has refused this user, with this token, lately.</summary>
    public bool IsJustRefused(RegisterRequest user)
    {
        lock (_lock)
        {
            return WasJustRefused(user);
        }
    }

    private bool WasJustRefused(RegisterRequest user) => IsSame(user, _refused) && timeProvider.GetElapsedTime(_refusedAt) < RefusedFor;

    private static bool IsSame(RegisterRequest user, RegisterRequest? other) =>
        user.UserMobile == other?.UserMobile && user.UserToken == other.UserToken;
}
