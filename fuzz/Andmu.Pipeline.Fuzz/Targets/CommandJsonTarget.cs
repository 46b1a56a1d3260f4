using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Fuzz.Support;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Reads a command: <see cref="CommandParser"/>, or one that a test has broken.</summary>
internal delegate ReceivedCommand CommandRead(ReadOnlySpan<byte> utf8Json);

/// <summary>
/// Whatever JSON, or none, an app sends: a command or a refusal, never both and never an exception; the same whether the text comes as UTF-8 or as a string. A refusal quotes none of
/// the texts that were sent, and a command's own text does not show the key of a network. What names a command can be answered: by JSON that echoes msgSession and the numbers.
/// </summary>
internal sealed class CommandJsonTarget(CommandRead read) : IFuzzTarget
{
    // Shorter ones may well stand in our own words.
    private const int MinQuoteLength = 12;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly MessageStamp Stamp = new(7, DateTimeOffset.UnixEpoch);

    public CommandJsonTarget()
        : this(CommandParser.Parse)
    {
    }

    public string Name => "command-json";

    public string Property => "Any text is a command within its ranges or a refusal that quotes nothing; what names a command can be answered.";

    public void Run(ReadOnlySpan<byte> input)
    {
        ReceivedCommand received = read(input);
        Expect.Holds(received.Command is null != received.Refusal is null, "neither a command nor a refusal, or both");
        Expect.Same(received.IsAccepted, received.Command is not null, "acceptance");
        CheckAsString(input, received);
        CheckQuotes(input, received);
        CheckAnswer(received);
    }

    private static void CheckAsString(ReadOnlySpan<byte> input, ReceivedCommand received)
    {
        if (TryDecode(input) is { } text)
        {
            ReceivedCommand same = CommandParser.Parse(text);
            Expect.Same(Describe(received), Describe(same), "read from a string");
        }
    }

    private static string Describe(ReceivedCommand received) => $"{received.Code} {received.Command} {received.Refusal} {received.Session}";

    private static void CheckQuotes(ReadOnlySpan<byte> input, ReceivedCommand received)
    {
        if (received.Refusal is { } refusal)
        {
            foreach (string text in TextsOf(input))
            {
                bool isQuoted = text.Length >= MinQuoteLength && refusal.Message.Contains(text, StringComparison.Ordinal);
                Expect.Holds(!isQuoted, "a refusal quotes a text of the message");
            }

            Expect.Holds(!refusal.Message.Any(char.IsControl), "a refusal holds a control character");
        }
        else if (received.Command is SetWifi { Key.Length: >= MinQuoteLength } wifi)
        {
            bool isElsewhere = $"{wifi with { Key = "" }}".Contains(wifi.Key, StringComparison.Ordinal);
            Expect.Holds(isElsewhere || !$"{wifi}".Contains(wifi.Key, StringComparison.Ordinal), "a command shows the key of a network");
        }
    }

    private static void CheckAnswer(ReceivedCommand received)
    {
        if (received.Code is not { } code)
        {
            return;
        }

        using JsonDocument answer = JsonDocument.Parse(CommandResponse.Failed(received, Stamp));
        JsonElement content = answer.RootElement.GetProperty("msgContent");
        Expect.Same(code.Request, content.GetProperty("responseRequest").GetInt32(), "request of the answer");
        bool hasSession = answer.RootElement.TryGetProperty("msgSession", out JsonElement session);
        Expect.Same(received.Session.RawJson, hasSession ? session.GetRawText() : null, "msgSession of the answer");
    }

    private static List<string> TextsOf(ReadOnlySpan<byte> input)
    {
        List<string> texts = [];
        try
        {
            Utf8JsonReader reader = new(input);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    texts.Add(reader.GetString()!);
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What came before counts.
        }

        return texts;
    }

    private static string? TryDecode(ReadOnlySpan<byte> input)
    {
        try
        {
            return Strict.GetString(input);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
