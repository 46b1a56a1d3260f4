using System.Numerics;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol.Schema;

/// <summary>
/// Holds the body of a message against its schema, by the same rules as the messages that are coded by hand: Google.Protobuf's parser
/// takes a message without its required fields, and a field of another wire type for an unknown one.
/// </summary>
internal static class BodyValidator
{
    /// <summary>Walks the body once.</summary>
    /// <returns>How many fields the schema does not have.</returns>
    /// <exception cref="ProtocolException">The body is malformed or lacks a required field.</exception>
    public static int Validate(in InboundMessage message, MessageSchema schema)
    {
        ProtoReader reader = new(message.Body, PacketContext.Of(message));
        uint seen = 0;
        int unknownFields = 0;
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            if (schema.Find(tag) is { } field)
            {
                reader.SkipValue(tag);
                seen |= 1u << field.Number;
            }
            else
            {
                reader.SkipUnknown(tag, schema.FieldBits);
                unknownFields++;
            }
        }

        uint missing = schema.RequiredBits & ~seen;
        if (missing != 0)
        {
            int number = BitOperations.TrailingZeroCount(missing);
            reader.Throw(ProtocolErrorCode.MissingField, $"{schema.Fields.First(field => field.Number == number).Name} is absent");
        }

        return unknownFields;
    }
}
