using System.CommandLine.Parsing;
using System.Globalization;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>ipcam_time as people write it.</summary>
internal static class SpoolTime
{
    private static readonly ulong LastMillisecond = (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>UTC to the millisecond; "-" for none. A time that no calendar has is the last that it has.</summary>
    public static string Text(ulong? ipcamTime) => ipcamTime is { } time
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(time, LastMillisecond)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>Reads the value of an option: UTC, unless it says another offset.</summary>
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return time;
        }

        string option = result.Parent is OptionResult { Option.Name: string name } ? name : result.Argument.Name;
        result.AddError($"{option} cannot be '{text}': use a time, such as 2026-01-31T08:30:00Z.");
        return null;
    }
}
