namespace Andmu.Pipeline.OpenApi;

/// <summary>What to do about an error: the sentence with which an exception's message opens.</summary>
internal static class ErrorAdvice
{
    public static string For(OpenApiError code) => code switch
    {
        OpenApiError.BadRequest => "The platform refused the request as malformed: compare its values with the specification.",
        OpenApiError.HedgwUnavailable =>
            "The platform could assign no HEDGW gateway: try again later, and check that the device is registered.",
        OpenApiError.ServerError => "The platform had an internal error: try again later.",
        OpenApiError.WrongPassword => "Wrong password: check AccessKey and AccessSecret.",
        OpenApiError.SystemError => "The platform had a system error: try again later.",
        OpenApiError.EmptyJson => "The platform received no JSON: something between device and platform drops the request's body.",
        OpenApiError.EmptyJsonParameter => "The platform found a parameter empty: give every value of the request.",
        OpenApiError.JsonParseError => "The platform could not parse the request's JSON.",
        OpenApiError.RegisteredByAnotherAccount =>
            "The device is registered by another account: unbind it in that account's app first, then register again.",
        OpenApiError.ModelIdNotInitialized => "The platform does not know the model id: apply for it, or correct DeviceModelId.",
        OpenApiError.DeviceIdInvalid => "The platform does not accept the device id: check that DeviceId is one assigned to this vendor.",
        OpenApiError.Undefined => "The platform reports an error without further definition.",
        OpenApiError.AuthenticationFailed =>
            "The platform refused the authentication: check that AccessKey, AccessSecret and DeviceId belong together " +
            "(and see HexPasswordDigest).",
        OpenApiError.Network => "The platform cannot be reached: check the network, the name server and Endpoint.",
        OpenApiError.Timeout => "The platform did not answer in time.",
        OpenApiError.Tls => "No verified TLS 1.2 connection, so nothing was sent:",
        OpenApiError.Redirected =>
            "The answer is a redirect, which is never followed: set Endpoint to the address that serves the API itself.",
        OpenApiError.HttpStatus => "The platform answered with an HTTP status that the specification does not mention.",
        OpenApiError.InvalidResponse => "The answer is not what the specification describes:",
        OpenApiError.ResponseTooLarge => "The answer is too long: see MaxResponseBytes.",
        _ => "The platform reports an error that the specification does not list.",
    };
}
