using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>How the value of a parameter is written on a command line, and which members of requestParams it becomes.</summary>
/// <param name="Description">What may be written, for people: <c>on|off</c>.</param>
/// <param name="Read">From the text to a writer of the members; null for a text that may not be written.</param>
internal sealed record ValueForm(string Description, Func<string, Action<Utf8JsonWriter>?> Read)
{
    // Specification 1.2.2.1: strings are at most 1024 bytes unless said otherwise.
    private const int MaxTextBytes = 1024;

    /// <summary>One of some numbers, which may be written as a word, too.</summary>
    public static ValueForm Choice(string key, params (string Word, int Number)[] choices) => new(
        string.Join('|', choices.Select(static choice => choice.Word)),
        text =>
        {
            foreach ((string word, int number) in choices)
            {
                if (text == word || text == Text(number))
                {
                    return json => json.WriteNumber(key, number);
                }
            }

            return null;
        });

    /// <summary>One of some numbers.</summary>
    public static ValueForm Choice(string key, params int[] numbers) =>
        Choice(key, [.. numbers.Select(static number => (Text(number), number))]);

    /// <summary>A whole number of a range.</summary>
    public static ValueForm Whole(string key, int minimum, int maximum) => new(
        $"{Text(minimum)}..{Text(maximum)}",
        text => TryRead(text, minimum, maximum, out int value) ? json => json.WriteNumber(key, value) : null);

    /// <summary>A text of the specification's length.</summary>
    public static ValueForm Plain(string key, string description, Func<string, bool>? isGood = null) => new(
        description,
        text => Encoding.UTF8.GetByteCount(text) <= MaxTextBytes && (isGood?.Invoke(text) ?? true) ? json => json.WriteString(key, text) : null);

    /// <summary>A value that is no member of requestParams: what is not a command of an app has none.</summary>
    public static ValueForm Outside(string description, Func<string, bool> isGood) => new(
        description, text => isGood(text) ? static _ => { } : null);

    public static bool TryRead(string text, int minimum, int maximum, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
