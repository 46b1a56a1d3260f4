namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// What went wrong with a call. Positive values are the platform's own codes (specification, appendix C); the others are this
/// library's, for what happens before or around them.
/// </summary>
public enum OpenApiError
{
    /// <summary>A code that appendix C does not list: see <see cref="OpenApiException.RawCode"/>.</summary>
    Unknown = 0,

    /// <summary>400: the platform could not make sense of the request.</summary>
    BadRequest = 400,

    /// <summary>404 to the call for the gateway address: no HEDGW gateway could be assigned (specification 5.1.4).</summary>
    HedgwUnavailable = 404,

    /// <summary>500: error inside the platform.</summary>
    ServerError = 500,

    /// <summary>10005: wrong password.</summary>
    WrongPassword = 10005,

    /// <summary>20000: system exception at the platform.</summary>
    SystemError = 20000,

    /// <summary>20005: the JSON of the request was empty.</summary>
    EmptyJson = 20005,

    /// <summary>20008: a parameter in the JSON of the request was empty.</summary>
    EmptyJsonParameter = 20008,

    /// <summary>21001: the platform could not parse the JSON of the request.</summary>
    JsonParseError = 21001,

    /// <summary>21113: the device is registered by another account.</summary>
    RegisteredByAnotherAccount = 21113,

    /// <summary>70002: the model id is not known to the platform.</summary>
    ModelIdNotInitialized = 70002,

    /// <summary>70004: the device id is not valid.</summary>
    DeviceIdInvalid = 70004,

    /// <summary>80000: not defined further, see the description in the message.</summary>
    Undefined = 80000,

    /// <summary>HTTP 401, again after the clock was corrected: access key, secret and device id do not fit together.</summary>
    AuthenticationFailed = -1,

    /// <summary>The platform could not be reached, or the connection broke off.</summary>
    Network = -2,

    /// <summary>No complete answer within <see cref="OpenApiOptions.Timeout"/>.</summary>
    Timeout = -3,

    /// <summary>The server's certificate did not pass verification, or no TLS 1.2 connection came about. Nothing was sent.</summary>
    Tls = -4,

    /// <summary>The answer was a redirect. It is never followed.</summary>
    Redirected = -5,

    /// <summary>An HTTP status that the specification does not mention: see <see cref="OpenApiException.StatusCode"/>.</summary>
    HttpStatus = -6,

    /// <summary>The answer is not what the specification describes: no JSON, a missing or wrong-typed key, another call's answer.</summary>
    InvalidResponse = -7,

    /// <summary>The answer is longer than <see cref="OpenApiOptions.MaxResponseBytes"/>.</summary>
    ResponseTooLarge = -8,
}
