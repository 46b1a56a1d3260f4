using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>Reads option values; what is wrong with one is said together with what would be right.</summary>
internal static class OptionValues
{
    /// <summary>A number of seconds, fractions allowed.</summary>
    public static Func<ArgumentResult, TimeSpan?> Seconds(double minimum, double maximum) => result =>
        TryReadSeconds(Token(result), minimum, maximum, out TimeSpan value)
            ? value
            : Refuse<TimeSpan?>(result, $"use seconds from {Text(minimum)} to {Text(maximum)}");

    /// <summary>A whole number.</summary>
    public static Func<ArgumentResult, int> Whole(int minimum, int maximum) => result =>
        int.TryParse(Token(result), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum
            ? value
            : Refuse<int>(result, $"use a whole number from {Text(minimum)} to {Text(maximum)}");

    /// <summary>A number above 0.</summary>
    public static Func<ArgumentResult, double?> Number(double minimum, double maximum) => result =>
        TryReadNumber(Token(result), out double value) && value >= minimum && value <= maximum
            ? value
            : Refuse<double?>(result, $"use a number from {Text(minimum)} to {Text(maximum)}");

    /// <summary>A text of a form.</summary>
    public static Action<OptionResult> Require(Func<string, bool> isGood, string remedy) => result =>
    {
        if (result.Tokens is [{ Value: string text }] && !isGood(text))
        {
            result.AddError($"{result.Option.Name} cannot be '{text}': {remedy}.");
        }
    };

    /// <summary>HOST:PORT, with brackets around an IPv6 address.</summary>
    public static HedgwEndpoint? Endpoint(ArgumentResult result)
    {
        string text = Token(result);
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        bool isHost = isBracketed ? IPAddress.TryParse(host[1..^1], out _) : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isHost && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? new HedgwEndpoint(isBracketed ? host[1..^1] : host, port)
            : Refuse<HedgwEndpoint?>(result, "use HOST:PORT, such as 127.0.0.1:50922");
    }

    /// <summary>An absolute https address.</summary>
    public static Uri? HttpsAddress(ArgumentResult result) =>
        Uri.TryCreate(Token(result), UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : Refuse<Uri?>(result, "use an https address without credentials, query and fragment, such as https://127.0.0.1:8443");

    /// <summary>An IP address of this machine.</summary>
    public static IPAddress? Address(ArgumentResult result) =>
        IPAddress.TryParse(Token(result), out IPAddress? address) ? address : Refuse<IPAddress?>(result, "use an IP address, such as 127.0.0.1 or 0.0.0.0");

    /// <summary>A log level by its usual short name.</summary>
    public static LogLevel? LogLevel(ArgumentResult result) => Token(result) switch
    {
        "trace" => Microsoft.Extensions.Logging.LogLevel.Trace,
        "debug" => Microsoft.Extensions.Logging.LogLevel.Debug,
        "info" => Microsoft.Extensions.Logging.LogLevel.Information,
        "warn" => Microsoft.Extensions.Logging.LogLevel.Warning,
        "error" => Microsoft.Extensions.Logging.LogLevel.Error,
        "none" => Microsoft.Extensions.Logging.LogLevel.None,
        _ => Refuse<LogLevel?>(result, "use trace, debug, info, warn, error or none"),
    };

    /// <summary>S[:LENGTH][,...] in seconds.</summary>
    public static IReadOnlyList<PlannedEvent> Events(ArgumentResult result)
    {
        var events = new List<PlannedEvent>();
        foreach (string item in Token(result).Split(','))
        {
            string[] parts = item.Split(':');
            string length = parts.Length > 1 ? parts[1] : Text(PlannedEvent.DefaultLength.TotalSeconds);
            if (parts.Length > 2 || !TryReadSeconds(parts[0], 0, 1e6, out TimeSpan start) || !TryReadSeconds(length, 0.001, 1e6, out TimeSpan duration))
            {
                return Refuse<IReadOnlyList<PlannedEvent>>(result, "use seconds as S[:LENGTH][,...], such as 5 or 5:2,30:10") ?? [];
            }

            events.Add(new PlannedEvent(start, duration));
        }

        return events;
    }

    /// <summary>S:LENGTH[,...] in seconds: when, and for how long.</summary>
    public static IReadOnlyList<(TimeSpan Start, TimeSpan Length)> Stalls(ArgumentResult result) => Items<(TimeSpan, TimeSpan)>(
        result,
        "use seconds as S:LENGTH[,...], such as 5:3 or 5:3,60:10",
        static parts => parts.Length == 2 && TryReadTimes(parts, out TimeSpan start, out TimeSpan? length) ? (start, length!.Value) : null);

    /// <summary>S[:LENGTH][,...] in seconds: when, and for how long if not for good.</summary>
    public static IReadOnlyList<(TimeSpan Start, TimeSpan? Length)> Viewers(ArgumentResult result) => Items<(TimeSpan, TimeSpan?)>(
        result,
        "use seconds as S[:LENGTH][,...], such as 5 or 5:20,10:30",
        static parts => TryReadTimes(parts, out TimeSpan start, out TimeSpan? length) ? (start, length) : null);

    /// <summary>S:PLAN[,...]: when in seconds, and which.</summary>
    public static IReadOnlyList<(TimeSpan Start, Gateway.DevicePlan Plan)> Plans(ArgumentResult result) => Items<(TimeSpan, Gateway.DevicePlan)>(
        result,
        $"use seconds and a plan as S:PLAN[,...], such as 10:event or 10:event,60:cloud; the plans are {string.Join(", ", PlanNames.All)}",
        static parts => parts.Length == 2 && PlanNames.Find(parts[1]) is { } plan && TryReadTimes(parts[..1], out TimeSpan start, out _)
            ? (start, plan)
            : null);

    private static IReadOnlyList<T> Items<T>(ArgumentResult result, string remedy, Func<string[], T?> read)
        where T : struct
    {
        var items = new List<T>();
        foreach (string item in Token(result).Split(','))
        {
            if (read(item.Split(':')) is not { } value)
            {
                return Refuse<IReadOnlyList<T>>(result, remedy) ?? [];
            }

            items.Add(value);
        }

        return items;
    }

    private static bool TryReadTimes(string[] parts, out TimeSpan start, out TimeSpan? length)
    {
        bool isGood = TryReadSeconds(parts[0], 0, 1e6, out start);
        length = null;
        if (parts.Length == 2)
        {
            isGood &= TryReadSeconds(parts[1], 0.001, 1e6, out TimeSpan time);
            length = time;
        }

        return isGood && parts.Length <= 2;
    }

    private static string Token(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T? Refuse<T>(ArgumentResult result, string remedy)
    {
        string option = result.Parent is OptionResult { Option.Name: string name } ? name : result.Argument.Name;
        result.AddError($"{option} cannot be '{Token(result)}': {remedy}.");
        return default;
    }

    private static bool TryReadSeconds(string text, double minimum, double maximum, out TimeSpan value)
    {
        bool isGood = TryReadNumber(text, out double seconds) && seconds >= minimum && seconds <= maximum;
        value = isGood ? TimeSpan.FromSeconds(seconds) : default;
        return isGood;
    }

    private static bool TryReadNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
