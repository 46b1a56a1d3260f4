using System.Net;
using System.Text.Json;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Takes a response apart: HTTP status, envelope (specification 5.1), then what the call itself reads.</summary>
internal static class Reply
{
    // The deepest the specification goes is five: envelope, camRW, schedule, valueList, entry. The rest is for keys to come.
    private const int MaxDepth = 16;

    // For a log line; the longest description that appendix C has is 13 characters.
    private const int MaxDescription = 200;
    private const int MaxCode = 32;

    // The specification's own examples end objects with a comma; that is no reason to turn a platform down.
    private static readonly JsonDocumentOptions Json = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        MaxDepth = MaxDepth,
    };

    /// <summary>The result of a call.</summary>
    /// <exception cref="OpenApiException">Anything but a success.</exception>
    public static T Read<T>(HttpReply reply, RequestMessage request, string accessSecret, Func<ResponseObject, T> read)
    {
        if (reply.Status == HttpStatusCode.Unauthorized)
        {
            throw new OpenApiException(OpenApiError.AuthenticationFailed, request.MsgType, statusCode: reply.Status);
        }

        if ((int)reply.Status is >= 300 and < 400)
        {
            throw new OpenApiException(OpenApiError.Redirected, request.MsgType, statusCode: reply.Status);
        }

        if ((int)reply.Status is < 200 or >= 300)
        {
            throw Failure(reply, request, accessSecret);
        }

        using JsonDocument document = Parse(reply, request.MsgType);
        var envelope = new ResponseObject(document.RootElement, request.MsgType);
        string errorCode = envelope.RequiredText("errorCode");
        if (errorCode != "0")
        {
            throw Refusal(reply.Status, errorCode, envelope.Text("description"), request, accessSecret);
        }

        return MsgTypes.IsAnswer(request.MsgType, envelope.RequiredText("msgType"))
            ? read(envelope)
            : throw envelope.Wrong("msgType", "that of the answer to this request");
    }

    /// <summary>What an HTTP status tells, and the platform's own words where the body has them.</summary>
    private static OpenApiException Failure(HttpReply reply, RequestMessage request, string accessSecret)
    {
        try
        {
            using JsonDocument document = Parse(reply, request.MsgType);
            var envelope = new ResponseObject(document.RootElement, request.MsgType);
            return Refusal(reply.Status, envelope.Text("errorCode"), envelope.Text("description"), request, accessSecret);
        }
        catch (OpenApiException)
        {
            return Refusal(reply.Status, null, null, request, accessSecret);
        }
    }

    private static JsonDocument Parse(HttpReply reply, string msgType)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(reply.Body, Json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw NoObject(reply, msgType, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the check for duplicates stumbles over half a surrogate pair in a name.
            throw NoObject(reply, msgType, exception);
        }
    }

    private static OpenApiException NoObject(HttpReply reply, string msgType, Exception? cause) =>
        new(OpenApiError.InvalidResponse, msgType, "it is no JSON object, or one with a key twice.", null, reply.Status, cause);

    private static OpenApiException Refusal(
        HttpStatusCode status, string? errorCode, string? description, RequestMessage request, string accessSecret)
    {
        string detail = description is null ? "" : $"It says: \"{ForeignText.Clean(description, MaxDescription, request, accessSecret)}\".";
        string? rawCode = errorCode is null or "0" ? null : ForeignText.Clean(errorCode, MaxCode, request, accessSecret);
        return new OpenApiException(Meaning(status, rawCode, request.MsgType), request.MsgType, detail, rawCode, status);
    }

    private static OpenApiError Meaning(HttpStatusCode status, string? rawCode, string msgType)
    {
        // Specification 5.1.4: "if it fails, error 404" - of HTTP or of the envelope, it does not say.
        if (msgType == MsgTypes.GetHedgwAddress && (status == HttpStatusCode.NotFound || rawCode == "404"))
        {
            return OpenApiError.HedgwUnavailable;
        }

        if (rawCode is not null)
        {
            return FromAppendixC(rawCode);
        }

        return status switch
        {
            HttpStatusCode.BadRequest => OpenApiError.BadRequest,
            HttpStatusCode.InternalServerError => OpenApiError.ServerError,
            _ => OpenApiError.HttpStatus,
        };
    }

    private static OpenApiError FromAppendixC(string rawCode) => rawCode switch
    {
        "400" => OpenApiError.BadRequest,
        "500" => OpenApiError.ServerError,
        "10005" => OpenApiError.WrongPassword,
        "20000" => OpenApiError.SystemError,
        "20005" => OpenApiError.EmptyJson,
        "20008" => OpenApiError.EmptyJsonParameter,
        "21001" => OpenApiError.JsonParseError,
        "21113" => OpenApiError.RegisteredByAnotherAccount,
        "70002" => OpenApiError.ModelIdNotInitialized,
        "70004" => OpenApiError.DeviceIdInvalid,
        "80000" => OpenApiError.Undefined,
        _ => OpenApiError.Unknown,
    };
}
