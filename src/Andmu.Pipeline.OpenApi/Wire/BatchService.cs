using System.Net;
using Andmu.Pipeline.OpenApi.Authentication;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>The one way out for all calls: sign, post, correct the clock if need be, read. Safe to use from any thread.</summary>
internal sealed partial class BatchService(
    HttpClient http, OpenApiOptions options, PlatformClock clock, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Posts a request and reads the answer.</summary>
    /// <exception cref="OpenApiException">The call did not succeed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    public async Task<T> PostAsync<T>(RequestMessage message, Func<ResponseObject, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(options.Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        long start = timeProvider.GetTimestamp();
        try
        {
            HttpReply reply = await SendAsync(message, linked.Token);
            if (reply.Status == HttpStatusCode.Unauthorized && clock.TryAdopt(reply.Date))
            {
                // Specification 2.2: the clock was off, or so the platform may mean. A second 401 is about something else.
                LogClockCorrected(clock.Offset);
                reply = await SendAsync(message, linked.Token);
            }

            T result = Reply.Read(reply, message, options.AccessSecret, read);
            LogAnswered(message.MsgType, timeProvider.GetElapsedTime(start).TotalMilliseconds);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (TransportFailure.From(exception, message.MsgType, options.Timeout) is { } failure)
        {
            throw failure;
        }
    }

    private async Task<HttpReply> SendAsync(RequestMessage message, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Sign(RequestJson.Write(message));
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        // A handler of the host's that follows redirects has already handed the request on; its answer is not believed.
        if (response.RequestMessage?.RequestUri is { } answered && answered != options.Endpoint)
        {
            throw new OpenApiException(OpenApiError.Redirected, message.MsgType, statusCode: response.StatusCode);
        }

        string? date = response.Headers.NonValidated.TryGetValues("Date", out var values) ? values.ToString() : null;
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return new HttpReply(response.StatusCode, date, []);
        }

        byte[]? body = await BoundedBody.ReadAsync(response.Content, options.MaxResponseBytes, cancellationToken);
        return body is null
            ? throw new OpenApiException(OpenApiError.ResponseTooLarge, message.MsgType, statusCode: response.StatusCode)
            : new HttpReply(response.StatusCode, date, body);
    }

    private HttpRequestMessage Sign(string json)
    {
        string signature = RequestSignature.Compute(options.AccessSecret, options.AccessKey, json);
        string wsse = WsseHeader.Create(
            options.AccessKey, options.DeviceId, options.AccessSecret, WsseHeader.NewNonce(), clock.Now, options.HexPasswordDigest);
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint)
        {
            Content = new FormUrlEncodedContent(
                [new("accessKey", options.AccessKey), new("signature", signature), new("jsonObject", json)]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", WsseHeader.Authorization);
        request.Headers.TryAddWithoutValidation(WsseHeader.Name, wsse);
        request.Headers.ConnectionClose = true; // Each call of specification 5.1 says "short connection".
        return request;
    }

    [LoggerMessage(1, LogLevel.Debug, "{MsgType} answered after {Milliseconds:0} ms")]
    private partial void LogAnswered(string msgType, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Authentication refused: taking the clock to be {Offset} behind the platform's and trying once more")]
    private partial void LogClockCorrected(TimeSpan offset);
}
