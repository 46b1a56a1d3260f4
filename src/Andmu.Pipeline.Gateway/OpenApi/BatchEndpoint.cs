using System.Buffers;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Hosting;
using Microsoft.AspNetCore.Http;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The one address of the OpenAPI (specification 5): authenticates, reads the form, checks the signature, answers.</summary>
internal sealed class BatchEndpoint(GatewayOptions options, GatewayFaults faults, NoticeBoard notices, DeviceCalls calls)
{
    public const string Path = "/andmu/v2/service/batch";

    // A request is some 500 bytes; this leaves room for any vendor's fields.
    public const int MaxBodyBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly WsseVerifier _verifier = new(options);

    public async Task HandleAsync(HttpContext http)
    {
        HttpResponse response = http.Response;
        if (faults.OpenApiStatus is { } status)
        {
            response.StatusCode = status;
        }
        else if (http.Request.Path != Path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!HttpMethods.IsPost(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Post;
        }
        else if (_verifier.Verify(http.Request.Headers.Authorization, http.Request.Headers["X-WSSE"], out string deviceId) is { } refusal)
        {
            notices.Post(GatewayNoticeKind.OpenApiRefused, "", refusal);
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = "WSSE realm=\"authcenter\", profile=\"UsernamePwd\"";
            response.Headers.Date = Rfc3339.Format(options.TimeProvider.GetUtcNow());
        }
        else
        {
            await AnswerAsync(http, deviceId);
        }
    }

    private async Task AnswerAsync(HttpContext http, string deviceId)
    {
        string messageType = "";
        CallAnswer answer;
        try
        {
            BatchForm form = ReadForm(await ReadBodyAsync(http.Request));
            using CallRequest request = CallRequest.Parse(form.JsonObject);
            messageType = request.RequiredString("msgType");
            if (faults.OpenApiError?.Invoke(messageType) is { } code)
            {
                throw new CallException(code, "asked for by GatewayFaults.OpenApiError");
            }

            answer = calls.Answer(messageType, request, deviceId, http.Connection.LocalIpAddress);
        }
        catch (CallException e)
        {
            answer = new CallAnswer(e.ErrorCode, e.Message, null, e.HttpStatus);
        }
        catch (BadHttpRequestException e)
        {
            notices.Post(GatewayNoticeKind.OpenApiRefused, "", e.Message);
            http.Response.StatusCode = e.StatusCode;
            return;
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            // The device list could not be written: full disk.
            answer = new CallAnswer(ErrorCodes.SystemError, e.Message);
        }

        notices.Post(GatewayNoticeKind.OpenApiCall, Devices.DeviceId.IsValid(deviceId) ? deviceId : "",
            $"{(messageType.Length == 0 ? "unreadable call" : messageType)}: {answer.ErrorCode} {answer.Description}".TrimEnd());
        await WriteAsync(http.Response, messageType, answer, http.RequestAborted);
    }

    private BatchForm ReadForm(string body)
    {
        BatchForm form = BatchForm.TryParse(body, out string problem)
            ?? throw new CallException(ErrorCodes.BadRequest, problem, StatusCodes.Status400BadRequest);
        if (form.AccessKey != options.AccessKey)
        {
            throw new CallException(ErrorCodes.WrongPassword, "accessKey is not the one in the X-WSSE user name");
        }

        return RequestSignature.IsValid(options.AccessSecret, form)
            ? form
            : throw new CallException(ErrorCodes.WrongPassword, "the signature is wrong");
    }

    // Kestrel enforces MaxBodyBytes and the body's deadline while it is read.
    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        while (true)
        {
            System.IO.Pipelines.ReadResult read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return StrictUtf8.GetString(read.Buffer);
            }
            catch (DecoderFallbackException)
            {
                throw new CallException(ErrorCodes.BadRequest, "the body is not UTF-8", StatusCodes.Status400BadRequest);
            }
            finally
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, string messageType, CallAnswer answer, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("errorCode", answer.ErrorCode);
            json.WriteString("description", answer.Description);
            json.WriteString("msgType", ResponseType(messageType));
            answer.Extra?.Invoke(json);
            json.WriteEndObject();
        }

        response.StatusCode = answer.HttpStatus;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, cancellationToken);
    }

    private static string ResponseType(string messageType) =>
        messageType.EndsWith("_REQ", StringComparison.Ordinal) ? messageType[..^4] + "_RSP" : messageType;
}
