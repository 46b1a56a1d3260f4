using System.Security.Authentication;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>What to do when the platform does not register the device (specification 5.1.1, appendix C). Pure.</summary>
/// <remarks>What a refused login does to a registration that there is, <see cref="Addressing.RefusalPolicy"/> says.</remarks>
internal static class RegistrationRefusal
{
    public static Remedy RemedyFor(OpenApiException error) => error.Code switch
    {
        _ when IsHopeless(error) => Remedy.TellHost,

        // An unverified certificate may mend itself when the clock is set, but somebody stands beside a device that is being registered and can be told.
        OpenApiError.Tls when IsUnverified(error) => Remedy.TellHost,

        // No network, no answer, 500, 20000, and an HTTP status that says the like, whatever code came with it.
        _ when error.IsTransient => Remedy.Repeat,

        // Appendix C has no code for a user token that is void, used or unknown: it can only be one of those that say little.
        OpenApiError.Undefined => Remedy.AnotherUser, // 80000: see the description
        OpenApiError.Unknown => Remedy.AnotherUser, // not in appendix C
        OpenApiError.BadRequest => Remedy.AnotherUser, // 400: of all that is sent only user and token come from outside
        OpenApiError.EmptyJsonParameter => Remedy.AnotherUser, // 20008: none is empty here, so one was of no use there
        OpenApiError.JsonParseError => Remedy.AnotherUser, // 21001: the JSON is whole, so a character of user or token is too much for a parser

        OpenApiError.EmptyJson => Remedy.TellHost, // 20005: something on the way drops the body
        _ => Remedy.TellHost, // a redirect, another status, no JSON, too much of it: what answers there is not the platform
    };

    /// <summary>Whether any user's registration would fail before somebody has changed something: not worth a wait for one.</summary>
    public static bool IsHopeless(OpenApiException error) => error.Code switch
    {
        OpenApiError.AuthenticationFailed => true, // 401, with the right clock too: the vendor's key, secret and device id do not belong together
        OpenApiError.WrongPassword => true, // 10005: the same, in other words
        OpenApiError.RegisteredByAnotherAccount => true, // 21113: that account's user must unbind it first
        OpenApiError.ModelIdNotInitialized => true, // 70002: the vendor must apply for the model
        OpenApiError.DeviceIdInvalid => true, // 70004: the vendor must correct the id
        _ => false,
    };

    // A refused certificate is thrown by .NET itself; a handshake that fails for the network carries another error inside.
    private static bool IsUnverified(OpenApiException error) =>
        error.InnerException?.InnerException is AuthenticationException { InnerException: null };
}
