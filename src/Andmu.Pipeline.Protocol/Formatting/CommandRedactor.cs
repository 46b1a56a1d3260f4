using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>
/// Takes the Wi-Fi key out of a command before it is shown: "set Wi-Fi" carries it as requestParams.key (specification 5.2.10).
/// Everything else in the text stays as the peer wrote it.
/// </summary>
internal static class CommandRedactor
{
    public const string Redacted = "[redacted]";

    // Names in the specification's examples have stray blanks and differing case.
    private const string KeyName = "key";

    // An escape may spell it.
    private const string Escape = "\\u";

    // As readers of commands take them: what they find the key in must not be shown here for no JSON.
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>The text with every value named key replaced; if it is no JSON but might hold one, nothing of it.</summary>
    public static string Redact(byte[] command)
    {
        StringBuilder text = new();
        int copied = 0;
        try
        {
            Utf8JsonReader reader = new(command, Lenient);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !IsKey(reader.GetString()))
                {
                    continue;
                }

                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                text.Append(Encoding.UTF8.GetString(command.AsSpan(copied..start))).Append('"').Append(Redacted).Append('"');
                copied = (int)reader.BytesConsumed;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            string whole = Encoding.UTF8.GetString(command);
            bool mayHoldKey = whole.Contains(KeyName, StringComparison.OrdinalIgnoreCase) || whole.Contains(Escape, StringComparison.Ordinal);
            return mayHoldKey ? Redacted : whole;
        }

        return text.Append(Encoding.UTF8.GetString(command.AsSpan(copied))).ToString();
    }

    private static bool IsKey(string? name) => string.Equals(name?.Trim(), KeyName, StringComparison.OrdinalIgnoreCase);
}
