namespace Andmu.Pipeline.Native.Configuration;

/// <summary>Lists in one text, separated by commas.</summary>
internal static class Lists
{
    public static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
