using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Addressing;

/// <summary>Whom a refusal speaks against: the vendor's key, or the device's registration. Pure; one thread at a time.</summary>
/// <remarks>
/// A gateway's 2001 means either (specification 5.2.1), and appendix C has no code for a token that is void. But the call for another address
/// follows every refused login, and carries both. To forget a registration costs somebody the way to the camera with a QR code, so a
/// vendor's mistake with a key must not make a whole fleet forget theirs:
/// <code>
///   login   address call after it         meaning                the registration is
///   2001    an address, then 2001 again   the token is void      forgotten
///   2001    any other refusal             the token is void      forgotten
///   any     21113                         another's device now   forgotten
///   any     401, 10005, 70004             key or id are wrong    kept
///   -       any other refusal             the platform is ill    kept, and asked again
///   2026    -                             deleted                forgotten
/// </code>
/// </remarks>
internal sealed class RefusalPolicy
{
    private const int LoginRefusedCode = 2001; // specification 5.2.1

    private bool _loginWasRefused;
    private bool _tokenIsVoid;

    public void OnOnline() => _loginWasRefused = false;

    /// <summary>A login was refused, and the address is going to be asked for again.</summary>
    public void OnLoginRefused(UplinkFault fault) => _loginWasRefused = fault.Code == LoginRefusedCode;

    /// <summary>What a refused call for an address is to the uplink: a reason to come back later, or to end.</summary>
    public UplinkFaultKind OnAddressRefused(OpenApiException error)
    {
        switch (error.Code)
        {
            case OpenApiError.AuthenticationFailed or OpenApiError.WrongPassword or OpenApiError.DeviceIdInvalid:
                _tokenIsVoid = false;
                return UplinkFaultKind.LoginRefused;
            case OpenApiError.RegisteredByAnotherAccount:
            case var _ when _loginWasRefused && !error.IsTransient && error.RawCode is not null:
                _tokenIsVoid = true;
                return UplinkFaultKind.LoginRefused;
            default:
                return UplinkFaultKind.NoEndpoint;
        }
    }

    /// <summary>Whether an uplink that ended so has lost its registration.</summary>
    public bool IsRegistrationLost(UplinkFault end) => end.Kind switch
    {
        UplinkFaultKind.DeviceDeleted => true,
        UplinkFaultKind.LoginRefused => end.Code is null ? _tokenIsVoid : end.Code == LoginRefusedCode,
        _ => false,
    };
}
