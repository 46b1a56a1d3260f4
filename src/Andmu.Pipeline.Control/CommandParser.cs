using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control;

/// <summary>Reads what an app asks for (the msg of a DevAppCmd of type 33, specification 5.2.9). Stateless; thread-safe.</summary>
/// <remarks>
/// <code>
///   {"msgSession":…, "msgContent":{"request":1793, "subRequest":15, "requestParams":{"value":80}}, …}
///     copied to the       which command this is          its values
///     response
/// </code>
/// The specification's examples differ among themselves in the case of keys, blanks in them, and numbers as strings: all of that is taken.
/// </remarks>
public static class CommandParser
{
    /// <summary>The longest command that is read, bytes of UTF-8: the longest of the specification, 25 regions, has 3 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxSessionLength = 128;
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a command. Never throws, whatever comes.</summary>
    /// <param name="json">The message.</param>
    /// <returns>The command, or why it was refused.</returns>
    public static ReceivedCommand Parse(string json)
    {
        if (json.Length > MaxBytes)
        {
            return Refused(new ReceivedCommand(), RefusalReason.Malformed, $"the command is longer than {MaxBytes} bytes");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(StrictUtf8.GetBytes(json), Options);
            return Read(new CommandObject(document.RootElement, ""));
        }
        catch (CommandFormatException error)
        {
            return new ReceivedCommand { Refusal = error.Refusal };
        }
        catch (Exception error) when (IsNotText(error))
        {
            return Refused(new ReceivedCommand(), RefusalReason.Malformed, "the command is no well-formed JSON");
        }
    }

    private static ReceivedCommand Read(CommandObject root)
    {
        var received = new ReceivedCommand { Session = root.Raw("msgSession") is { Length: <= MaxSessionLength } session ? session : "0" };
        try
        {
            CommandObject content = root.Object("msgContent");
            received = received with
            {
                Request = content.Integer("request", 0, int.MaxValue),
                SubRequest = content.OptionalInteger("subRequest", int.MinValue, int.MaxValue),
            };
            if (CommandTable.Find(received.Request, received.SubRequest) is not { } row)
            {
                return Refused(received, RefusalReason.UnknownCommand, $"no command has request {received.Request}, subRequest {received.SubRequest}");
            }

            received = received with { IsAnswered = row.IsAnswered };
            return received with { Command = row.Read(content.OptionalObject("requestParams") ?? Nothing()) };
        }
        catch (CommandFormatException error)
        {
            return received with { Refusal = error.Refusal };
        }
        catch (Exception error) when (IsNotText(error))
        {
            return Refused(received, RefusalReason.Malformed, "the command has text that is no text");
        }
    }

    private static CommandObject Nothing()
    {
        using JsonDocument empty = JsonDocument.Parse("{}");
        return new CommandObject(empty.RootElement, "requestParams");
    }

    private static ReceivedCommand Refused(ReceivedCommand received, RefusalReason reason, string message) =>
        received with { Refusal = new CommandRefusal(reason, message) };

    /// <summary>No JSON; a lone surrogate in the string; one that is escaped in the JSON, which shows only when it is decoded.</summary>
    private static bool IsNotText(Exception error) => error is JsonException or EncoderFallbackException or InvalidOperationException;
}
