using System.Text.Json;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// Whether any object has a key twice, surrounding blanks and case aside. Keys are matched that loosely, so two that look different to a
/// parser before us may be one to us, and which of them counts would be anybody's guess.
/// </summary>
internal static class DuplicateKeys
{
    /// <summary>Looks into everything below; the depth was checked before.</summary>
    public static bool In(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => InObject(element),
        JsonValueKind.Array => InArray(element),
        _ => false,
    };

    private static bool InObject(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Add(property.Name.Trim()) || In(property.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InArray(JsonElement element)
    {
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (In(item))
            {
                return true;
            }
        }

        return false;
    }
}
