using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>A JSON object of a command, read as leniently as the specification's own examples need: keys in any case and with stray blanks, integers as
/// numbers or as strings. What it does not know it ignores; what stands twice it refuses.</summary>
internal sealed class CommandObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;

    public CommandObject(JsonElement element, string path)
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CommandFormatException(path.Length == 0 ? RefusalReason.Malformed : RefusalReason.WrongType, $"{Name(path)} must be an object");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name.Trim(), property.Value))
            {
                throw new CommandFormatException(RefusalReason.Malformed, $"{Name(path)} has a key twice");
            }
        }
    }

    public bool Has(string key) => _values.TryGetValue(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public CommandObject Object(string key) => new(Value(key), Path(key));

    /// <summary>The values of an object that may be left out.</summary>
    public CommandObject? OptionalObject(string key) => Has(key) ? Object(key) : null;

    public IReadOnlyList<CommandObject> Objects(string key, int most)
    {
        JsonElement value = Value(key);
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(RefusalReason.WrongType, key, "an array");
        }

        return value.GetArrayLength() <= most
            ? [.. value.EnumerateArray().Select(item => new CommandObject(item, Path(key)))]
            : throw Wrong(RefusalReason.OutOfRange, key, $"at most {most} of them");
    }

    public int Integer(string key, int least, int greatest) =>
        Number(key) is { } number && number >= least && number <= greatest
            ? (int)number
            : throw Wrong(RefusalReason.OutOfRange, key, $"from {least} to {greatest}");

    public int OneOf(string key, params ReadOnlySpan<int> values)
    {
        long? number = Number(key);
        foreach (int value in values)
        {
            if (number == value)
            {
                return value;
            }
        }

        throw Wrong(RefusalReason.OutOfRange, key, $"one of {string.Join(", ", values.ToArray())}");
    }

    public int? OptionalInteger(string key, int least, int greatest) => Has(key) ? Integer(key, least, greatest) : null;

    /// <summary>A switch: true or false, 1 or 0.</summary>
    public bool Switch(string key) => Value(key).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(Value(key).GetString(), out bool value) => value,
        _ => OneOf(key, 0, 1) == 1,
    };

    public string Text(string key, int mostBytes)
    {
        JsonElement value = Value(key);
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Wrong(RefusalReason.WrongType, key, "a string");
        }

        string text = value.GetString()!;
        return System.Text.Encoding.UTF8.GetByteCount(text) <= mostBytes && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw Wrong(RefusalReason.OutOfRange, key, $"at most {mostBytes} bytes, none of them NUL");
    }

    public string OptionalText(string key, int mostBytes) => Has(key) ? Text(key, mostBytes) : "";

    /// <summary>A time of day as HH:mm; 24:00 is the midnight at its end.</summary>
    public TimeOnly Time(string key)
    {
        string text = Text(key, mostBytes: 8).Trim();
        return text == "24:00" ? TimeOnly.MinValue
            : TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time
            : throw Wrong(RefusalReason.OutOfRange, key, "a time as HH:mm");
    }

    /// <summary>A value as it stands, if it is a number or a string; else null.</summary>
    public string? Raw(string key) =>
        _values.TryGetValue(key, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.GetRawText() : null;

    public CommandFormatException Wrong(RefusalReason reason, string key, string wanted) => new(reason, $"{Path(key)} must be {wanted}");

    private static string Name(string path) => path.Length == 0 ? "the command" : path;

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private JsonElement Value(string key) => Has(key) ? _values[key] : throw new CommandFormatException(RefusalReason.MissingValue, $"{Path(key)} is missing");

    private long? Number(string key)
    {
        JsonElement value = Value(key);
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out long number) ? number : null,
            JsonValueKind.String => long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null,
            _ => throw Wrong(RefusalReason.WrongType, key, "an integer"),
        };
    }
}
