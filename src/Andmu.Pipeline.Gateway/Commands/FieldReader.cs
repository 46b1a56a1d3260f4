using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>Reads the JSON that a device sends and says what is wrong with it: the first faults, so that a hostile message stays cheap.</summary>
/// <param name="subject">What is read, as the start of each fault: <c>list-wifi</c>.</param>
/// <param name="clause">Where the specification defines it.</param>
internal sealed class FieldReader(string subject, string clause)
{
    private const int MaxProblems = 10;

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The object in a text; null, and a fault, when there is none.</summary>
    public JsonDocument? Parse(string text)
    {
        try
        {
            JsonDocument document = StrictJson.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            Add("msg is no JSON object");
        }
        catch (JsonException e)
        {
            Add($"msg is not JSON (byte {e.BytePositionInLine})");
        }

        return null;
    }

    public void Add(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add($"{subject}: {problem} (specification {clause})");
        }
    }

    public void Require(bool condition, string problem)
    {
        if (!condition)
        {
            Add(problem);
        }
    }

    /// <summary>msgCategory, msgSequence, msgTimeStamp, and msgSession, which it returns.</summary>
    public long? Envelope(JsonElement root)
    {
        Integer(root, "msgSequence", 0, long.MaxValue);
        Integer(root, "msgTimeStamp", 0, long.MaxValue);
        return BareEnvelope(root);
    }

    /// <summary>msgCategory and msgSession alone: firmware progress has no more, as far as its torn example shows (5.2.11.2).</summary>
    public long? BareEnvelope(JsonElement root)
    {
        if (Text(root, "msgCategory") is { } category)
        {
            Require(category == "camera", "msgCategory is not camera");
        }

        return Integer(root, "msgSession", long.MinValue, long.MaxValue);
    }

    public long? Integer(JsonElement parent, string name, long minimum, long maximum)
    {
        if (!TryGet(parent, name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
        {
            Add($"{name} is no whole number");
            return null;
        }

        Require(number >= minimum && number <= maximum, $"{name} is {number}, which is not in {minimum}..{maximum}");
        return number;
    }

    public string? Text(JsonElement parent, string name, int maxLength = 1024)
    {
        if (!TryGet(parent, name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Add($"{name} is no string");
            return null;
        }

        string text = value.GetString()!;
        Require(text.Length <= maxLength, $"{name} has {text.Length} characters, at most {maxLength} are allowed");
        return text;
    }

    /// <summary>A number of bytes in a string, as firmware progress has it (5.2.11.2).</summary>
    public long? Digits(JsonElement parent, string name)
    {
        if (Text(parent, name, 20) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        Add($"{name} is no number in a string");
        return null;
    }

    public JsonElement? Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!TryGet(parent, name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Add(kind == JsonValueKind.Array ? $"{name} is no array" : $"{name} is no object");
        return null;
    }

    private bool TryGet(JsonElement parent, string name, out JsonElement value)
    {
        if (parent.TryGetProperty(name, out value))
        {
            return true;
        }

        Add($"{name} is missing");
        return false;
    }
}
