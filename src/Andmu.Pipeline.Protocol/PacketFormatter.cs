using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Protocol.Formatting;
using Andmu.Pipeline.Protocol.Schema;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Describes messages for people: as one line, or as one JSON object. Field names are those of the schema (specification appendix
/// D). Secrets (access_secret, device_token, a Wi-Fi key in a command) are not shown, and of binary data only the size. Stateless,
/// so free of threading rules.
/// </summary>
public static class PacketFormatter
{
    /// <summary>Describes a message in one line, without a line break whatever a peer has put into it.</summary>
    /// <param name="message">A whole packet without its length prefix, as <see cref="PacketReader"/> gives it.</param>
    /// <returns>For example <c>Ping, 6 bytes: id=7</c>.</returns>
    /// <exception cref="ProtocolException">The message is malformed or lacks a required field.</exception>
    public static string ToLine(in ReadOnlySequence<byte> message)
    {
        MessageDescription description = MessageDescription.Read(message);
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{description.Name}, {message.Length} bytes:");
        foreach (FieldValue field in description.Fields)
        {
            line.Append(' ').Append(field.Schema.Name).Append('=');
            switch (field.Schema.Kind)
            {
                case FieldKind.Number or FieldKind.Number64:
                    line.Append(field.Number);
                    break;
                case FieldKind.Text or FieldKind.Json:
                    LineText.AppendQuoted(line, field.Text);
                    break;
                case FieldKind.Bytes:
                    line.Append(CultureInfo.InvariantCulture, $"[{field.Number} bytes]");
                    break;
                default:
                    line.Append(CommandRedactor.Redacted);
                    break;
            }
        }

        if (description.UnknownFields > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" ({description.UnknownFields} unknown fields)");
        }

        return line.ToString();
    }

    /// <summary>Describes a message as one JSON object; nothing is written if the message is refused.</summary>
    /// <param name="output">Where to, standing where a value may be written.</param>
    /// <param name="message">A whole packet without its length prefix, as <see cref="PacketReader"/> gives it.</param>
    /// <remarks>
    /// <c>{"type":"Ping","message_type":8,"bytes":6,"fields":{"id":7},"unknown_fields":0}</c>; binary data is
    /// <c>{"bytes":16384}</c>.
    /// </remarks>
    /// <exception cref="ProtocolException">The message is malformed or lacks a required field.</exception>
    public static void WriteJson(Utf8JsonWriter output, in ReadOnlySequence<byte> message)
    {
        MessageDescription description = MessageDescription.Read(message);
        output.WriteStartObject();
        output.WriteString("type", description.Name);
        output.WriteNumber("message_type", (int)description.Type);
        output.WriteNumber("bytes", message.Length);
        output.WriteStartObject("fields");
        foreach (FieldValue field in description.Fields)
        {
            switch (field.Schema.Kind)
            {
                case FieldKind.Number or FieldKind.Number64:
                    output.WriteNumber(field.Schema.Name, field.Number);
                    break;
                case FieldKind.Text or FieldKind.Json:
                    output.WriteString(field.Schema.Name, field.Text);
                    break;
                case FieldKind.Bytes:
                    output.WriteStartObject(field.Schema.Name);
                    output.WriteNumber("bytes", field.Number);
                    output.WriteEndObject();
                    break;
                default:
                    output.WriteString(field.Schema.Name, CommandRedactor.Redacted);
                    break;
            }
        }

        output.WriteEndObject();
        output.WriteNumber("unknown_fields", description.UnknownFields);
        output.WriteEndObject();
    }
}
