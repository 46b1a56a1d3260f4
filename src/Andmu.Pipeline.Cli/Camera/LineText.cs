using System.Globalization;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Texts from outside in a line for people.</summary>
internal static class LineText
{
    // A network's name has 32 at the most; whatever is longer is no use in a line.
    private const int MaxLength = 64;

    /// <summary>In quotes, cut to a length, with a question mark for whatever moves a cursor, ends a line or turns the direction of reading.</summary>
    public static string Quote(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        Span<char> shown = stackalloc char[start.Length];
        for (int i = 0; i < start.Length; i++)
        {
            shown[i] = IsHarmless(start[i]) ? start[i] : '?';
        }

        return $"\"{shown}{(text.Length > MaxLength ? "..." : "")}\"";
    }

    private static bool IsHarmless(char character) => character != '"' && char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
