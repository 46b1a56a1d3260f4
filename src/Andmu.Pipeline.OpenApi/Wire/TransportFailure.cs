using System.Globalization;
using System.Security.Authentication;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Turns what an HTTP stack throws into an <see cref="OpenApiException"/>.</summary>
internal static class TransportFailure
{
    /// <summary>The failure in our terms; null for an exception that is no failure of the transport.</summary>
    public static OpenApiException? From(Exception exception, string msgType, TimeSpan timeout) => exception switch
    {
        // The caller's own cancellation never comes here: what is left is our time limit, or that of the HttpClient.
        OperationCanceledException => new(
            OpenApiError.Timeout,
            msgType,
            string.Create(CultureInfo.InvariantCulture, $"Waited {timeout.TotalSeconds:0.###} s."),
            innerException: exception),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
            OpenApiError.Tls, msgType, DescribeTls(exception.InnerException), innerException: exception),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            NotHttp(exception, msgType),
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => NotHttp(exception, msgType),
        HttpRequestException or IOException => new(OpenApiError.Network, msgType, exception.Message, innerException: exception),
        _ => null,
    };

    private static OpenApiException NotHttp(Exception exception, string msgType) =>
        new(OpenApiError.InvalidResponse, msgType, "it breaks the rules of HTTP.", innerException: exception);

    // A refused certificate is thrown by .NET itself; a handshake that fails earlier carries the TLS library's error inside.
    private static string DescribeTls(Exception? cause) => cause is AuthenticationException { InnerException: null }
        ? $"certificate verification failed ({cause.Message.TrimEnd('.')}). Check that Endpoint names the right server, that its CA is " +
            "trusted and that the device's clock is right."
        : $"the handshake failed ({cause?.Message.TrimEnd('.')}). Check that Endpoint names the right server.";
}
