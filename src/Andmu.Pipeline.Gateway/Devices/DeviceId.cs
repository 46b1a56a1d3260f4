using System.Buffers;
using System.Globalization;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>Device ids (15 digits) and MAC addresses (12 hexadecimal digits), specification 5.1.</summary>
internal static class DeviceId
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsValid(string? id) => id is { Length: 15 } && !id.AsSpan().ContainsAnyExceptInRange('0', '9');

    public static bool IsValidMac(string? mac) => mac is { Length: 12 } && !mac.AsSpan().ContainsAnyExcept(HexDigits);

    /// <summary>
    /// An id for a device that logged in without registering here: a login names no device id, and 48 bits of a MAC address are at
    /// most 281474976710655, just 15 digits.
    /// </summary>
    public static string FromMac(string mac) =>
        ulong.Parse(mac, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString("D15", CultureInfo.InvariantCulture);
}
