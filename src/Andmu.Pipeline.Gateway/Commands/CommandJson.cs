using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>A command as the msg of DevAppCmd type 33, member for member as the specification's examples print it (5.2.9, 5.2.10).</summary>
internal static class CommandJson
{
    // The text goes into no page: names of networks stay as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="command">A command of DevAppCmd type 33.</param>
    /// <param name="session">msgSession, which the answer copies.</param>
    /// <param name="timeStamp">msgTimeStamp, UTC ms.</param>
    public static string Write(PlatformCommand command, long session, long timeStamp)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            if (command.Definition.Layout.HasFlag(CommandLayout.ContentLast))
            {
                WriteEnvelope(json, session, timeStamp);
                WriteContentEndingWithParameters(json, command);
            }
            else
            {
                WriteContentStartingWithParameters(json, command);
                WriteEnvelope(json, session, timeStamp);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WriteEnvelope(Utf8JsonWriter json, long session, long timeStamp)
    {
        json.WriteNumber("msgSession", session);
        json.WriteNumber("msgSequence", 0);
        json.WriteNumber("msgTimeStamp", timeStamp);
        json.WriteString("msgCategory", "camera");
    }

    private static void WriteContentStartingWithParameters(Utf8JsonWriter json, PlatformCommand command)
    {
        json.WriteStartObject("msgContent");
        WriteParameters(json, command);
        WriteVersion(json, command.Definition);
        WriteSubRequest(json, command.Definition);
        json.WriteNumber("request", command.Definition.Request!.Value);
        json.WriteEndObject();
    }

    private static void WriteContentEndingWithParameters(Utf8JsonWriter json, PlatformCommand command)
    {
        json.WriteStartObject("msgContent");
        WriteVersion(json, command.Definition);
        json.WriteNumber("request", command.Definition.Request!.Value);
        WriteSubRequest(json, command.Definition);
        WriteParameters(json, command);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, PlatformCommand command)
    {
        json.WriteStartObject("requestParams");
        command.WriteParameters(json);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, CommandDefinition definition)
    {
        if (definition.Layout.HasFlag(CommandLayout.Versioned))
        {
            json.WriteNumber("msgVersion", 1);
        }
    }

    private static void WriteSubRequest(Utf8JsonWriter json, CommandDefinition definition)
    {
        if (definition.SubRequest is { } subRequest)
        {
            json.WriteNumber("subRequest", subRequest);
        }
    }
}
