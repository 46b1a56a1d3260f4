using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>Parameters that are lists: items with semicolons between them, their fields with commas; an empty text is an empty list.</summary>
internal static class ListForms
{
    // 5x5 blocks (specification 5.2.9.13).
    private const int MaxMotionRegions = 25;

    // index 0 to 6 (5.2.9.16), "at most 7" (5.2.9.19).
    private const int MaxPeriods = 7;

    // The specification has no bound; no camera has more.
    private const int MaxPersonRegions = 32;

    private const int EveryDay = 0x7F;

    /// <summary>Specification 5.2.9.13. Both lists of regions are printed behind their valueListNum, schedules before it.</summary>
    public static ValueForm MotionRegions { get; } = new(
        "LEFT,TOP,RIGHT,BOTTOM[,SENSITIVITY[,ENABLE]];... (left, top 0..4; right, bottom 1..5; empty for all)",
        static text => ReadItems(text, MaxMotionRegions, ReadMotionRegion) is { } items ? json => WriteCounted(json, items) : null);

    /// <summary>Specification 5.2.9.17, in thousandths of the picture.</summary>
    public static ValueForm PersonRegions { get; } = new(
        "X,Y,WIDTH,HEIGHT;... (0..1000 each)",
        static text => ReadItems(text, MaxPersonRegions, ReadPersonRegion) is { } items ? json => WriteCounted(json, items) : null);

    /// <summary>Specification 5.2.9.16 and 5.2.9.19, in UTC.</summary>
    public static ValueForm Schedule { get; } = new(
        "DAYS,HH:mm,HH:mm[,on|off];... (days 1..127 in sum: Sunday 1, Monday 2, ... Saturday 64; times in UTC; empty for none)",
        static text => ReadItems(text, MaxPeriods, ReadPeriod) is { } items ? json => WriteList(json, items) : null);

    private static Action<Utf8JsonWriter>? ReadMotionRegion(string[] fields, int index)
    {
        if (fields.Length is < 4 or > 6
            || !ValueForm.TryRead(fields[0], 0, 4, out int left)
            || !ValueForm.TryRead(fields[1], 0, 4, out int top)
            || !ValueForm.TryRead(fields[2], left + 1, 5, out int right)
            || !ValueForm.TryRead(fields[3], top + 1, 5, out int bottom))
        {
            return null;
        }

        int sensitivity = 0;
        int enable = 1;
        if ((fields.Length > 4 && !ValueForm.TryRead(fields[4], 0, 100, out sensitivity))
            || (fields.Length > 5 && !ValueForm.TryRead(fields[5], 0, 1, out enable)))
        {
            return null;
        }

        return json =>
        {
            json.WriteNumber("id", index);
            json.WriteNumber("left", left);
            json.WriteNumber("top", top);
            json.WriteNumber("right", right);
            json.WriteNumber("bottom", bottom);
            json.WriteNumber("sensitivity", sensitivity);
            json.WriteNumber("enable", enable);
        };
    }

    private static Action<Utf8JsonWriter>? ReadPersonRegion(string[] fields, int index)
    {
        int[] values = new int[4];
        for (int i = 0; i < values.Length; i++)
        {
            if (fields.Length != values.Length || !ValueForm.TryRead(fields[i], 0, 1000, out values[i]))
            {
                return null;
            }
        }

        return json =>
        {
            json.WriteNumber("x", values[0]);
            json.WriteNumber("y", values[1]);
            json.WriteNumber("width", values[2]);
            json.WriteNumber("height", values[3]);
        };
    }

    private static Action<Utf8JsonWriter>? ReadPeriod(string[] fields, int index)
    {
        if (fields.Length is < 3 or > 4
            || !ValueForm.TryRead(fields[0], 1, EveryDay, out int days)
            || !IsTime(fields[1])
            || !IsTime(fields[2])
            || (fields.Length == 4 && fields[3] is not ("on" or "off")))
        {
            return null;
        }

        return json =>
        {
            json.WriteNumber("repeat", days);
            // The stray blank is the specification's own.
            json.WriteString("startTime ", fields[1]);
            json.WriteString("endTime", fields[2]);
            json.WriteBoolean("status", fields.Length < 4 || fields[3] == "on");
            json.WriteNumber("index", index);
        };
    }

    private static bool IsTime(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static List<Action<Utf8JsonWriter>>? ReadItems(string text, int maximum, Func<string[], int, Action<Utf8JsonWriter>?> read)
    {
        var items = new List<Action<Utf8JsonWriter>>();
        if (text.Length == 0)
        {
            return items;
        }

        string[] parts = text.Split(';', maximum + 1);
        foreach (string part in parts)
        {
            if (items.Count == maximum || read(part.Split(',', 8), items.Count) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items;
    }

    private static void WriteCounted(Utf8JsonWriter json, List<Action<Utf8JsonWriter>> items)
    {
        json.WriteNumber("valueListNum", items.Count);
        WriteItems(json, items);
    }

    private static void WriteList(Utf8JsonWriter json, List<Action<Utf8JsonWriter>> items)
    {
        WriteItems(json, items);
        json.WriteNumber("valueListNum", items.Count);
    }

    private static void WriteItems(Utf8JsonWriter json, List<Action<Utf8JsonWriter>> items)
    {
        json.WriteStartArray("valueList");
        foreach (Action<Utf8JsonWriter> item in items)
        {
            json.WriteStartObject();
            item(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
