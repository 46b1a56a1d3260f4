using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway;

/// <summary>Reads JSON that a device wrote: no key twice, bounded depth, and every name and text something that can be read.</summary>
internal static class StrictJson
{
    // The deepest message of the specification, the list of networks, has 4 levels; selfDefine is a vendor's own.
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <exception cref="JsonException">It is none.</exception>
    public static JsonDocument Parse(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        CheckTexts(utf8);
        return JsonDocument.Parse(utf8, Options);
    }

    // .NET takes half a surrogate pair for well-formed JSON, and throws something else when a name is compared or a text is asked for.
    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
            {
                continue;
            }

            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException cause)
            {
                throw new JsonException("A text holds half a surrogate pair.", null, null, reader.TokenStartIndex, cause);
            }
        }
    }
}
