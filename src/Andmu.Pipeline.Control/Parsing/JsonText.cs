using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// Looks a text over before anything is taken from it: whole JSON, not too deep, every string in it valid Unicode without NUL.
/// </summary>
internal static class JsonText
{
    private static readonly CommandRefusal NotJson = new(RefusalReason.Malformed, "The message is not well-formed JSON.");
    private static readonly CommandRefusal Deep =
        new(RefusalReason.TooDeep, $"The message is nested more than {CommandParser.MaxDepth} deep.");
    private static readonly CommandRefusal NotUtf8 = new(RefusalReason.InvalidText, "The message is not valid UTF-8.");
    private static readonly CommandRefusal NotText =
        new(RefusalReason.InvalidText, "A text of the message holds a NUL or half a surrogate pair.");

    /// <summary>What is wrong with a message; null when nothing is. A comma too many is passed over: 5.2.9.17 prints two.</summary>
    public static CommandRefusal? Check(ReadOnlySpan<byte> utf8) => Check(utf8, allowTrailingCommas: true);

    /// <summary>Whether a text, a host's own or one that it kept, can be put into a message as it is.</summary>
    public static bool IsClean(string json, int maxBytes)
    {
        byte[] utf8 = new byte[maxBytes];
        return Utf8.FromUtf16(json, utf8, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
            && Check(utf8.AsSpan(0, length), allowTrailingCommas: false) is null;
    }

    private static CommandRefusal? Check(ReadOnlySpan<byte> utf8, bool allowTrailingCommas)
    {
        if (!Utf8.IsValid(utf8))
        {
            return NotUtf8;
        }

        // One level more than allowed, so that the level itself tells apart what is deep and what is broken.
        var options = new JsonReaderOptions { MaxDepth = CommandParser.MaxDepth + 1, AllowTrailingCommas = allowTrailingCommas };
        var reader = new Utf8JsonReader(utf8, options);
        try
        {
            while (reader.Read())
            {
                bool isOpening = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                if (isOpening && reader.CurrentDepth >= CommandParser.MaxDepth)
                {
                    return Deep;
                }

                if (reader.ValueIsEscaped && !IsCleanText(ref reader))
                {
                    return NotText;
                }
            }
        }
        catch (JsonException)
        {
            return NotJson;
        }

        return null;
    }

    // Unescaped text is clean: JSON allows no bare NUL, and UTF-8 no half pair.
    private static bool IsCleanText(ref Utf8JsonReader reader)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return !text.AsSpan(0, reader.CopyString(text)).Contains((byte)0);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text, clearArray: true);
        }
    }
}
