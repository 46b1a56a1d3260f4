using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// Reads <c>msg</c> of a DevAppCmd of type 33 (specification 5.2.9 and 5.2.10). Whatever the input, it returns: a command whose every value
/// is within its range, or a refusal. No text of the input gets into a refusal. Pure; any thread.
/// </summary>
public static class CommandParser
{
    /// <summary>Largest message in bytes of UTF-8. The largest command of the specification, 25 regions, takes less than 4 KiB.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    /// <summary>Deepest nesting of objects and arrays. Commands have five levels.</summary>
    public const int MaxDepth = 16;

    /// <summary>
    /// Longest text in bytes of UTF-8 where a key has no bound of its own (specification 1.2.2.1: 1024 with the closing NUL).
    /// </summary>
    public const int MaxTextBytes = 1023;

    private static readonly CommandRefusal TooLong =
        new(RefusalReason.TooLong, $"The message is longer than {MaxMessageBytes} bytes.");

    /// <summary>Reads a message.</summary>
    /// <param name="json">Its text; null, for a DevAppCmd without <c>msg</c>, is refused as empty.</param>
    /// <returns>The command, or why there is none.</returns>
    public static ReceivedCommand Parse(string? json)
    {
        json ??= "";
        // UTF-8 has at least as many bytes as UTF-16 has units.
        if (json.Length > MaxMessageBytes)
        {
            return new ReceivedCommand(TooLong);
        }

        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            return Utf8.FromUtf16(json, utf8, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
                ? Parse(utf8.AsSpan(0, length))
                : new ReceivedCommand(new CommandRefusal(RefusalReason.InvalidText, "The message holds half a surrogate pair."));
        }
        finally
        {
            // It may have held the key of a network.
            ArrayPool<byte>.Shared.Return(utf8, clearArray: true);
        }
    }

    /// <summary>Reads a message.</summary>
    /// <param name="utf8Json">Its text as UTF-8.</param>
    /// <returns>The command, or why there is none.</returns>
    public static ReceivedCommand Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > MaxMessageBytes)
        {
            return new ReceivedCommand(TooLong);
        }

        if (JsonText.Check(utf8Json) is { } refusal)
        {
            return new ReceivedCommand(refusal);
        }

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth, AllowTrailingCommas = true });
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? ReadMessage(document.RootElement)
            : new ReceivedCommand(new CommandRefusal(RefusalReason.Malformed, "The message is not a JSON object."));
    }

    private static ReceivedCommand ReadMessage(JsonElement root)
    {
        var slot = new RefusalSlot();
        if (DuplicateKeys.In(root))
        {
            slot.Set(RefusalReason.DuplicateKey, "A key stands twice in an object of the message, blanks and case aside.");
        }

        var message = new JsonFields(root, "", slot);
        MessageSession session = ReadSession(message);
        JsonFields content = message.Object("msgContent");
        CommandCode? code = ReadCode(content);
        ControlCommand? command = code is { } known ? ReadCommand(known, content, slot) : null;
        return new ReceivedCommand(session, code, slot.First is null ? command : null, slot.First);
    }

    // A device need not look at it, says 5.2.9; but an answer copies it, so it must be something that can be copied.
    private static MessageSession ReadSession(JsonFields message)
    {
        const string Key = "msgSession";
        if (message.Find(Key) is not { } value)
        {
            return default;
        }

        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            message.Refuse(RefusalReason.WrongType, Key, "a number or a text");
            return default;
        }

        if (Encoding.UTF8.GetByteCount(value.GetRawText()) > MessageSession.MaxBytes)
        {
            message.Refuse(RefusalReason.TooLong, Key, $"at most {MessageSession.MaxBytes} bytes long");
            return default;
        }

        return MessageSession.From(value);
    }

    private static CommandCode? ReadCode(JsonFields content)
    {
        content.RequireKey("request");
        int? request = content.OptionalInteger("request", 0, int.MaxValue);
        int? subRequest = content.OptionalInteger("subRequest", -1, int.MaxValue);
        bool isSubRequestReadable = subRequest is not null || content.Find("subRequest") is null;
        return request is { } number && isSubRequestReadable ? new CommandCode(number, subRequest) : null;
    }

    private static ControlCommand? ReadCommand(CommandCode code, JsonFields content, RefusalSlot slot)
    {
        if (CommandTable.Find(code) is not { } read)
        {
            slot.Set(RefusalReason.UnknownCommand, $"There is no command {code}.");
            return null;
        }

        return read(content.OptionalObject("requestParams"));
    }
}
