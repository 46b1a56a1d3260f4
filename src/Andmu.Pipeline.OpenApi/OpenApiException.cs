using System.Net;

namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// A call that did not succeed, for whatever reason but cancellation by the caller. The message says what to do; it holds no secret
/// and no token: what looks like one in the platform's own words (20 letters and digits or more, a digit among them) is <c>***</c> there.
/// </summary>
public sealed class OpenApiException : Exception
{
    internal OpenApiException(
        OpenApiError code, string msgType, string detail = "", string? rawCode = null, HttpStatusCode? statusCode = null,
        Exception? innerException = null)
        : base(Compose(code, msgType, detail, rawCode, statusCode), innerException)
    {
        Code = code;
        MsgType = msgType;
        RawCode = rawCode;
        StatusCode = statusCode;
    }

    /// <summary>What went wrong.</summary>
    public OpenApiError Code { get; }

    /// <summary>The platform's <c>errorCode</c> as it was sent, without secrets and cut to 32 characters; null when the answer held none.</summary>
    public string? RawCode { get; }

    /// <summary>The HTTP status of the answer; null when none arrived.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The <c>msgType</c> of the request.</summary>
    public string MsgType { get; }

    /// <summary>
    /// Whether the same call may succeed later although nobody changes anything: worth another try after a pause. True for a failed
    /// certificate verification too, because a clock not yet set and a network that asks for a sign-in both look like that.
    /// </summary>
    public bool IsTransient =>
        Code is OpenApiError.Network or OpenApiError.Timeout or OpenApiError.Tls or OpenApiError.HedgwUnavailable
            or OpenApiError.ServerError or OpenApiError.SystemError
        || StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private static string Compose(OpenApiError code, string msgType, string detail, string? rawCode, HttpStatusCode? statusCode)
    {
        string what = detail.Length == 0 ? ErrorAdvice.For(code) : $"{ErrorAdvice.For(code)} {detail}";
        string with = (rawCode, statusCode) switch
        {
            (null, null) => "",
            (null, _) => $" [HTTP {(int)statusCode}]",
            (_, null) => $" [errorCode {rawCode}]",
            _ => $" [errorCode {rawCode}, HTTP {(int)statusCode}]",
        };
        return $"{msgType}: {what}{with}";
    }
}
