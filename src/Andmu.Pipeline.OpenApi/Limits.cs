using System.Buffers;
using System.Text;

namespace Andmu.Pipeline.OpenApi;

/// <summary>What the specification says about the length and the form of a value, checked where the host hands it in.</summary>
internal static class Limits
{
    /// <summary>Longest string in bytes of UTF-8 (specification 1.2.2.1: 1024 with the closing NUL).</summary>
    public const int MaxStringBytes = 1023;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static bool Fits(string value) =>
        value.Length <= MaxStringBytes && Encoding.UTF8.GetByteCount(value) <= MaxStringBytes;

    /// <summary>A text that must not be blank and fits a string of the protocol.</summary>
    public static string Text(string? value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return Fits(value) ? value : throw new ArgumentException($"{name} is longer than {MaxStringBytes} bytes of UTF-8.", name);
    }

    /// <summary>A device id: 15 digits (specification 5.1).</summary>
    public static string DeviceId(string? value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value.Length == 15 && !value.AsSpan().ContainsAnyExcept(Digits)
            ? value
            : throw new ArgumentException($"{name} must be 15 digits, for instance 110234567894562.", name);
    }

    /// <summary>A MAC address: 12 hexadecimal digits and nothing between them (specification 5.1).</summary>
    public static string MacAddress(string? value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.AsSpan().IndexOfAny(":-.") >= 0)
        {
            throw new ArgumentException(
                $"{name} must be written without colons, hyphens or dots between the digits, for instance 2059a074e0bc.", name);
        }

        return value.Length == 12 && !value.AsSpan().ContainsAnyExcept(HexDigits)
            ? value
            : throw new ArgumentException($"{name} must be 12 hexadecimal digits, for instance 2059a074e0bc.", name);
    }

    /// <summary>A vendor's access key: it stands in a quoted string of a header, so visible ASCII without quote and backslash.</summary>
    public static string AccessKey(string? value, string name)
    {
        foreach (char c in Text(value, name))
        {
            if (c is <= ' ' or > '~' or '"' or '\\')
            {
                throw new ArgumentException($"{name} may hold only visible ASCII characters without quotes and backslashes.", name);
            }
        }

        return value!;
    }
}
