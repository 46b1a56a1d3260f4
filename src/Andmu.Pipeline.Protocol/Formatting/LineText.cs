using System.Globalization;
using System.Text;

namespace Andmu.Pipeline.Protocol.Formatting;

/// <summary>Puts a peer's text into a line for a terminal, in which it can neither break the line nor command the terminal.</summary>
internal static class LineText
{
    // What the specification lets a string have by default; a line need not show more.
    private const int MaxShownCharacters = 1024;

    public static void AppendQuoted(StringBuilder line, string text)
    {
        int shown = 0;
        line.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown >= MaxShownCharacters)
            {
                break;
            }

            Append(line, rune);
            shown += rune.Utf16SequenceLength;
        }

        line.Append('"');
        if (shown < text.Length)
        {
            line.Append(CultureInfo.InvariantCulture, $"(and {text.Length - shown} more characters)");
        }
    }

    private static void Append(StringBuilder line, Rune rune)
    {
        if (rune.Value is '"' or '\\')
        {
            line.Append('\\');
        }

        if (IsPlain(rune))
        {
            line.Append(rune);
        }
        else
        {
            line.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
        }
    }

    // Format characters turn the direction of what follows; unassigned ones may come to.
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
