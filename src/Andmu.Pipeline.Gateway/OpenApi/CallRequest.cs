using System.Text.Json;
using Andmu.Pipeline.Gateway.Devices;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The JSON of one call, read with the types and names that specification 5.1 gives and no others.</summary>
internal sealed class CallRequest : IDisposable
{
    private readonly JsonDocument _document;

    private CallRequest(JsonDocument document) => _document = document;

    public static CallRequest Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            throw new CallException(ErrorCodes.EmptyJson, "jsonObject is empty");
        }

        JsonDocument document;
        try
        {
            document = StrictJson.Parse(json);
        }
        catch (JsonException e)
        {
            throw new CallException(ErrorCodes.JsonError, $"jsonObject is not JSON (byte {e.BytePositionInLine})");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new CallException(ErrorCodes.JsonError, "jsonObject is not an object");
        }

        return new CallRequest(document);
    }

    public string RequiredString(string name) => OptionalString(name) is { Length: > 0 } value
        ? value
        : throw new CallException(ErrorCodes.EmptyParameter, $"'{name}' is missing or empty");

    public string? OptionalString(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        // Strings are at most 1024 bytes unless said otherwise (specification 1.2.2.1); characters are a close upper bound here.
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= 1024 } text
            ? text
            : throw new CallException(ErrorCodes.BadRequest, $"'{name}' is not a string of at most 1024 characters");
    }

    public JsonElement RequiredObject(string name) =>
        _document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new CallException(ErrorCodes.EmptyParameter, $"'{name}' is missing or not an object");

    /// <summary>The fields that every call carries (specification 5.1), the device id the same as in the WSSE user name.</summary>
    public string CheckIdentity(string authenticatedDeviceId)
    {
        string deviceId = RequiredString("deviceId");
        if (!DeviceId.IsValid(deviceId))
        {
            throw new CallException(ErrorCodes.BadDeviceId, "deviceId is not 15 digits");
        }

        if (deviceId != authenticatedDeviceId)
        {
            throw new CallException(ErrorCodes.BadDeviceId, "deviceId is not the one in the X-WSSE user name");
        }

        if (!DeviceId.IsValidMac(RequiredString("deviceMacAddress")))
        {
            throw new CallException(ErrorCodes.BadRequest, "deviceMacAddress is not 12 hexadecimal digits");
        }

        return deviceId;
    }

    public void Dispose() => _document.Dispose();
}
