using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>
/// A JSON object of a response, read as the specification writes rather than as it should: key names count without surrounding blanks
/// and in any case, unknown keys are passed over, null and empty values count as absent, and a scalar may be a string or bare.
/// </summary>
/// <remarks>A known key with a wrong value is an <see cref="OpenApiException"/> that names the key, never the value.</remarks>
internal sealed class ResponseObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _msgType;
    private readonly string _path;

    /// <summary>Takes the keys of <paramref name="element"/>, which must be an object.</summary>
    public ResponseObject(JsonElement element, string msgType, string path = "")
    {
        _msgType = msgType;
        _path = path;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_values.TryAdd(Name(property), property.Value))
            {
                throw Invalid($"a key stands twice in {Where}, blanks and case aside.");
            }
        }
    }

    /// <summary>A text, trimmed, under the first of <paramref name="keys"/> that has one; null when none has.</summary>
    public string? Text(params ReadOnlySpan<string> keys) => Scalar(keys, out _);

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Wrong(key, "a text that is not empty");

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>; null when there is none.</summary>
    public int? Integer(int min, int max, params ReadOnlySpan<string> keys)
    {
        if (Scalar(keys, out string key) is not { } text)
        {
            return null;
        }

        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= min && number <= max
            ? number
            : throw Wrong(key, $"a whole number from {min} to {max}");
    }

    /// <summary>A whole number that must be there.</summary>
    public int RequiredInteger(string key, int min, int max) =>
        Integer(min, max, key) ?? throw Wrong(key, $"a whole number from {min} to {max}");

    /// <summary>A switch: On and Off, true and false, or 1 and 0; null when there is none.</summary>
    public bool? Switch(params ReadOnlySpan<string> keys) => Scalar(keys, out string key)?.ToUpperInvariant() switch
    {
        null => null,
        "ON" or "TRUE" or "1" => true,
        "OFF" or "FALSE" or "0" => false,
        _ => throw Wrong(key, "On or Off"),
    };

    /// <summary>A switch that must be there.</summary>
    public bool RequiredSwitch(string key) => Switch(key) ?? throw Wrong(key, "true or false");

    /// <summary>An object; null when there is none.</summary>
    public ResponseObject? Object(string key) => Find([key], out _) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new ResponseObject(value, _msgType, Path(key)),
        _ => throw Wrong(key, "an object"),
    };

    /// <summary>The objects of an array; none when there is no array.</summary>
    public IEnumerable<ResponseObject> Objects(string key)
    {
        if (Find([key], out _) is not { } value)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(key, "an array");
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? new ResponseObject(item, _msgType, Path(key))
                : throw Wrong(key, "an array of objects");
        }
    }

    /// <summary>The error for a key of this object.</summary>
    public OpenApiException Wrong(string key, string expected) => Invalid($"{Path(key)} must be {expected}.");

    private OpenApiException Invalid(string detail) => new(OpenApiError.InvalidResponse, _msgType, detail);

    private string Where => _path.Length == 0 ? "it" : _path;

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private JsonElement? Find(ReadOnlySpan<string> keys, out string key)
    {
        foreach (string candidate in keys)
        {
            if (_values.TryGetValue(candidate, out JsonElement value) && !IsEmpty(value))
            {
                key = candidate;
                return value;
            }
        }

        key = keys[0];
        return null;
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));

    private string? Scalar(ReadOnlySpan<string> keys, out string key)
    {
        if (Find(keys, out key) is not { } value)
        {
            return null;
        }

        string text = value.ValueKind switch
        {
            JsonValueKind.String => Decode(value, key).Trim(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw Wrong(key, "a text, a number or a switch"),
        };
        if (!Limits.Fits(text))
        {
            throw Wrong(key, $"at most {Limits.MaxStringBytes} bytes long");
        }

        return text.Length == 0 ? null : text;
    }

    // .NET takes half a surrogate pair for well-formed JSON and complains only when the text is asked for.
    private string Decode(JsonElement value, string key)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(key, "valid Unicode");
        }
    }

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name.Trim();
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"a key of {Where} is not valid Unicode.");
        }
    }
}
