using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>
/// A JSON object read as the specification writes rather than as it should: key names count without surrounding blanks and in any case
/// (<c>"startTime "</c>, 5.2.9.16), unknown keys are passed over, null counts as absent, and numbers may stand in quotes. A fault goes into
/// the slot under the key's path; what is returned then is a placeholder.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;
    private readonly RefusalSlot _slot;

    /// <summary>Takes the keys of an object; of anything else it takes none.</summary>
    public JsonFields(JsonElement element, string path, RefusalSlot slot)
    {
        _path = path;
        _slot = slot;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                _values.TryAdd(property.Name.Trim(), property.Value);
            }
        }
    }

    /// <summary>The value of a key; null when it is absent.</summary>
    public JsonElement? Find(string key) =>
        _values.TryGetValue(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Records that a key is missing if it is.</summary>
    public void RequireKey(string key)
    {
        if (Find(key) is null)
        {
            _slot.Set(RefusalReason.MissingKey, $"{Path(key)} is missing.");
        }
    }

    /// <summary>A whole number; null when it is absent.</summary>
    public int? OptionalInteger(string key, int min, int max)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        string expected = $"a whole number from {min} to {max}";
        if (!TryInteger(value, out long number))
        {
            Refuse(RefusalReason.WrongType, key, expected);
            return null;
        }

        if (number < min || number > max)
        {
            Refuse(RefusalReason.OutOfRange, key, expected);
            return null;
        }

        return (int)number;
    }

    /// <summary>A whole number that must be there.</summary>
    public int Integer(string key, int min, int max)
    {
        RequireKey(key);
        return OptionalInteger(key, min, max) ?? min;
    }

    /// <summary>A whole number out of a few; null when it is absent.</summary>
    public int? OptionalChoice(string key, params ReadOnlySpan<int> allowed)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        bool isNumber = TryInteger(value, out long number);
        foreach (int candidate in allowed)
        {
            if (isNumber && candidate == number)
            {
                return candidate;
            }
        }

        Refuse(isNumber ? RefusalReason.OutOfRange : RefusalReason.WrongType, key, $"one of {List(allowed)}");
        return null;
    }

    /// <summary>A whole number out of a few that must be there.</summary>
    public int Choice(string key, params ReadOnlySpan<int> allowed)
    {
        RequireKey(key);
        return OptionalChoice(key, allowed) ?? allowed[0];
    }

    /// <summary>A switch: true and false, bare or in quotes as 5.2.9.16 has both, or 1 and 0.</summary>
    public bool Switch(string key)
    {
        RequireKey(key);
        switch (Find(key) is { } value ? Scalar(value)?.ToUpperInvariant() : "0")
        {
            case "TRUE" or "1":
                return true;
            case "FALSE" or "0":
                return false;
            default:
                Refuse(RefusalReason.WrongType, key, "true or false");
                return false;
        }
    }

    /// <summary>A text, as it came: an SSID or a key may begin or end with a blank.</summary>
    public string Text(string key, int minBytes, int maxBytes)
    {
        RequireKey(key);
        if (Find(key) is not { } value)
        {
            return "";
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(RefusalReason.WrongType, key, "a text");
            return "";
        }

        string text = value.GetString()!;
        int length = Encoding.UTF8.GetByteCount(text);
        if (length < minBytes || length > maxBytes)
        {
            Refuse(length < minBytes ? RefusalReason.OutOfRange : RefusalReason.TooLong, key, $"{minBytes} to {maxBytes} bytes of UTF-8");
            return "";
        }

        return text;
    }

    /// <summary>An object that must be there.</summary>
    public JsonFields Object(string key)
    {
        RequireKey(key);
        return OptionalObject(key);
    }

    /// <summary>An object; one without keys when it is absent.</summary>
    public JsonFields OptionalObject(string key)
    {
        JsonElement value = Find(key) ?? default;
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            Refuse(RefusalReason.WrongType, key, "an object");
        }

        return new JsonFields(value, Path(key), _slot);
    }

    /// <summary>
    /// The objects of <c>valueList</c>. <c>valueListNum</c> is "the number of selected regions" (5.2.9.13) and right in every example:
    /// where it is there and wrong, an entry was lost or made up on the way, and a list that replaces the former one whole is not taken by
    /// halves.
    /// </summary>
    public List<JsonFields> ValueList(int maxCount)
    {
        const string Key = "valueList";
        RequireKey(Key);
        var entries = new List<JsonFields>();
        if (Find(Key) is not { } value)
        {
            return entries;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(RefusalReason.WrongType, Key, "an array");
            return entries;
        }

        int length = value.GetArrayLength();
        if (length > maxCount)
        {
            Refuse(RefusalReason.TooLong, Key, $"an array of at most {maxCount}");
            return entries;
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            string path = $"{Path(Key)}[{entries.Count}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                _slot.Set(RefusalReason.WrongType, $"{path} must be an object.");
            }

            entries.Add(new JsonFields(item, path, _slot));
        }

        OptionalChoice("valueListNum", length);
        return entries;
    }

    /// <summary>Records what a value must be; it says so without the value.</summary>
    public void Refuse(RefusalReason reason, string key, string expected) => _slot.Set(reason, $"{Path(key)} must be {expected}.");

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static bool TryInteger(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && long.TryParse(Scalar(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A scalar without its quotes; null when it is none, or longer than any number or switch.</summary>
    private static string? Scalar(JsonElement value)
    {
        const int Longest = 32;
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text?.Length <= Longest ? text.Trim() : null;
    }

    private static string List(ReadOnlySpan<int> allowed)
    {
        var list = new StringBuilder();
        foreach (int value in allowed)
        {
            list.Append(list.Length == 0 ? "" : ", ").Append(value);
        }

        return list.ToString();
    }
}
