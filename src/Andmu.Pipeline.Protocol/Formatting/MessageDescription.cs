using System.Buffers;
using System.Globalization;
using System.Text;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>A message taken apart by its schema.</summary>
/// <param name="Type">The message's type.</param>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Fields">The fields that are there, in the order of their numbers.</param>
/// <param name="UnknownFields">How many fields of the envelope and of the message the specification does not have.</param>
internal sealed record MessageDescription(MessageType Type, string Name, IReadOnlyList<FieldValue> Fields, int UnknownFields)
{
    public static MessageDescription Read(in ReadOnlySequence<byte> message)
    {
        InboundMessage inbound = MessageReader.Read(message);
        if (MessageSchema.For(inbound.Type) is not { } schema)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"message type {(int)inbound.Type}");
            return new MessageDescription(inbound.Type, name, [], inbound.UnknownFields);
        }

        if (inbound.Type == MessageType.MediaPackage)
        {
            _ = MediaPackageReader.Read(inbound);
        }

        return ReadBody(inbound, schema);
    }

    private static MessageDescription ReadBody(in InboundMessage message, MessageSchema schema)
    {
        ProtoReader reader = new(message.Body, new PacketContext(message.PacketLength, message.Type, message.BodyOffset));
        SortedDictionary<int, FieldValue> values = [];
        int unknownFields = message.UnknownFields;
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            if (Find(schema, tag) is { } field)
            {
                values[field.Number] = ReadValue(ref reader, field);
            }
            else
            {
                reader.SkipUnknown(tag, schema.FieldBits);
                unknownFields++;
            }
        }

        foreach (FieldSchema field in schema.Fields)
        {
            if (field.IsRequired && !values.ContainsKey(field.Number))
            {
                reader.Throw(ProtocolErrorCode.MissingField, $"{field.Name} is absent");
            }
        }

        return new MessageDescription(message.Type, schema.Name, [.. values.Values], unknownFields);
    }

    // Null if the schema has no such field, or has it with another wire type: then SkipUnknown refuses it.
    private static FieldSchema? Find(MessageSchema schema, uint tag)
    {
        foreach (FieldSchema field in schema.Fields)
        {
            WireType wireType = field.Kind == FieldKind.Number ? WireType.Varint : WireType.LengthDelimited;
            if (tag == ((uint)field.Number << Tags.FieldShift | (uint)wireType))
            {
                return field;
            }
        }

        return null;
    }

    // Every number of the schema but ipcam_time is a uint32.
    private static FieldValue ReadValue(ref ProtoReader reader, FieldSchema field)
    {
        switch (field.Kind)
        {
            case FieldKind.Number:
                return new FieldValue(field, field.Name == "ipcam_time" ? reader.ReadUInt64() : reader.ReadUInt32(), "");
            case FieldKind.Text:
                return new FieldValue(field, 0, Encoding.UTF8.GetString(reader.ReadBytes()));
            case FieldKind.Bytes:
                return new FieldValue(field, (ulong)reader.ReadBytes().Length, "");
            default:
                reader.ReadBytes();
                return new FieldValue(field, 0, "");
        }
    }
}
