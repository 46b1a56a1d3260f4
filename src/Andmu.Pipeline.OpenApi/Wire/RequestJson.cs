using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Writes requests, key by key: a serializer would be a tenth of a library that is compiled ahead of time.</summary>
internal static class RequestJson
{
    // The default encoder would write the quotes of ['HW':'3RD-X01',...] as \u0027, and a parser more modest than the specification
    // imagines might not undo that. The text goes into a form, never into HTML.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(RequestMessage message)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            WriteKeys(json, message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WriteKeys(Utf8JsonWriter json, RequestMessage message)
    {
        json.WriteString("msgType"u8, message.MsgType);
        json.WriteString("deviceMacAddress"u8, message.DeviceMacAddress);
        json.WriteString("deviceId"u8, message.DeviceId);
        WriteText(json, "deviceToken"u8, message.DeviceToken);
        WriteText(json, "userMobile"u8, message.UserMobile);
        WriteText(json, "userToken"u8, message.UserToken);
        WriteText(json, "deviceModelId"u8, message.DeviceModelId);
        WriteText(json, "comment"u8, message.Comment);
        WriteText(json, "registMode"u8, message.RegistMode);
        if (message.SupportKey is { } capabilities)
        {
            SupportKey.Write(json, capabilities);
        }

        if (message.CamParam is { } update)
        {
            CamParam.Write(json, update);
        }

        WriteText(json, "firmwareVersion"u8, message.FirmwareVersion);
        WriteText(json, "cameraAppVersion"u8, message.CameraAppVersion);
    }

    /// <summary>A key that is left out when there is nothing to say.</summary>
    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> key, string? text)
    {
        if (text is not null)
        {
            json.WriteString(key, text);
        }
    }
}
