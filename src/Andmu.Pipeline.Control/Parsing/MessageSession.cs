using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// <c>msgSession</c> of a message: a number or a string, kept as the JSON token that came, so that an answer copies it exactly. The default
/// value is none. A firmware upgrade's is kept across the restart (specification 5.2.11.2): as <see cref="RawJson"/>, read by <see
/// cref="TryParse"/>.
/// </summary>
public readonly record struct MessageSession
{
    /// <summary>Longest token in bytes of UTF-8. The examples have ten digits.</summary>
    public const int MaxBytes = 128;

    private MessageSession(string rawJson) => RawJson = rawJson;

    /// <summary>The token, quotes included; null when there is none.</summary>
    public string? RawJson { get; }

    /// <summary>A session of the device's own, as for statistics (specification 5.2.12).</summary>
    /// <param name="number">Its number.</param>
    public static MessageSession FromNumber(uint number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads back what <see cref="RawJson"/> gave.</summary>
    /// <param name="rawJson">The token; null gives the session that is none.</param>
    /// <param name="session">The session.</param>
    /// <returns>False when it is not a number or a string of JSON, or too long.</returns>
    public static bool TryParse(string? rawJson, out MessageSession session)
    {
        session = default;
        if (rawJson is null)
        {
            return true;
        }

        string token = rawJson.Trim();
        bool isScalar = token.Length > 0 && (token[0] is '"' or '-' || char.IsAsciiDigit(token[0]));
        if (!isScalar || !JsonText.IsClean(token, MaxBytes))
        {
            return false;
        }

        session = new MessageSession(token);
        return true;
    }

    /// <summary>The token, or nothing.</summary>
    public override string ToString() => RawJson ?? "";

    /// <summary>Takes it from a message whose text was checked.</summary>
    internal static MessageSession From(JsonElement element) => new(element.GetRawText());

    /// <summary>Writes the key and the token; neither when there is none.</summary>
    internal void Write(Utf8JsonWriter writer)
    {
        if (RawJson is { } token)
        {
            writer.WritePropertyName("msgSession");
            writer.WriteRawValue(token);
        }
    }
}
