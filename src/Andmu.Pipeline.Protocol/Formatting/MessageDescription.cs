using System.Buffers;
using System.Globalization;
using System.Text;
using Andmu.Pipeline.Protocol.Schema;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>A message taken apart by its schema, without its secrets.</summary>
/// <param name="Type">The message's type.</param>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Fields">The fields that are there, in the order of their numbers.</param>
/// <param name="UnknownFields">How many fields of the envelope and of the message the specification does not have.</param>
internal sealed record MessageDescription(MessageType Type, string Name, IReadOnlyCollection<FieldValue> Fields, int UnknownFields)
{
    public static MessageDescription Read(in ReadOnlySequence<byte> bytes)
    {
        InboundMessage message = MessageReader.Read(bytes);
        if (MessageSchema.For(message.Type) is not { } schema)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"message type {(int)message.Type}");
            return new MessageDescription(message.Type, name, [], message.UnknownFields);
        }

        int unknownFields = message.UnknownFields + BodyValidator.Validate(message, schema);
        if (message.Type == MessageType.MediaPackage)
        {
            _ = MediaPackageReader.Read(message);
        }

        return new MessageDescription(message.Type, schema.Name, ReadFields(message, schema), unknownFields);
    }

    private static SortedDictionary<int, FieldValue>.ValueCollection ReadFields(in InboundMessage message, MessageSchema schema)
    {
        ProtoReader reader = new(message.Body, PacketContext.Of(message));
        SortedDictionary<int, FieldValue> values = [];
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            if (schema.Find(tag) is { } field)
            {
                values[field.Number] = ReadValue(ref reader, field);
            }
            else
            {
                reader.SkipValue(tag);
            }
        }

        return values.Values;
    }

    private static FieldValue ReadValue(ref ProtoReader reader, FieldSchema field)
    {
        switch (field.Kind)
        {
            case FieldKind.Number:
                return new FieldValue(field, reader.ReadUInt32(), "");
            case FieldKind.Number64:
                return new FieldValue(field, reader.ReadUInt64(), "");
            case FieldKind.Text:
                return new FieldValue(field, 0, Encoding.UTF8.GetString(reader.ReadBytes()));
            case FieldKind.Json:
                return new FieldValue(field, 0, CommandRedactor.Redact(reader.ReadBytes().ToArray()));
            case FieldKind.Bytes:
                return new FieldValue(field, (ulong)reader.ReadBytes().Length, "");
            default:
                reader.SkipValue(field.Tag);
                return new FieldValue(field, 0, "");
        }
    }
}
