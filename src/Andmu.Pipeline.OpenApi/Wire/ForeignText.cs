using System.Text;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Texts of the platform's, made fit for a message that may end in a log.</summary>
internal static class ForeignText
{
    private const string Hidden = "***";

    // The specification's tokens have 25 and 32 letters and digits, its device ids and telephone numbers 15 at the most. Long names of a
    // programmer's have no digits.
    private const int ShortestToken = 20;

    /// <summary>In one line, of bounded length, without what the request must keep secret and without what may be a token of another call.</summary>
    public static string Clean(string text, int maxLength, RequestMessage request, string accessSecret)
    {
        foreach (string? secret in (ReadOnlySpan<string?>)[accessSecret, request.DeviceToken, request.UserToken, request.UserMobile])
        {
            if (secret is not null)
            {
                text = text.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
            }
        }

        return InOneLine(WithoutTokens(text), maxLength);
    }

    private static string WithoutTokens(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (int start = 0; start < text.Length;)
        {
            ReadOnlySpan<char> word = WordAt(text, start);
            kept.Append(IsToken(word) ? Hidden : word);
            start += word.Length;
            if (start < text.Length)
            {
                kept.Append(text[start++]);
            }
        }

        return kept.ToString();
    }

    private static ReadOnlySpan<char> WordAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }

    private static bool IsToken(ReadOnlySpan<char> word) => word.Length >= ShortestToken && word.IndexOfAnyInRange('0', '9') >= 0;

    private static string InOneLine(string text, int maxLength) => string.Create(Math.Min(text.Length, maxLength), text, static (line, all) =>
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(all[i]) ? ' ' : all[i];
        }
    });
}
