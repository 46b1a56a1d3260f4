using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Reads the wireless network to join (specification 5.2.9.15).</summary>
internal static class WifiReader
{
    // IEEE 802.11: an SSID has at most 32 bytes; the longest key is 64 hexadecimal digits.
    private const int MaxSsidBytes = 32;
    private const int MaxKeyBytes = 64;

    // No standard's, only a bound: the examples have 17 and 8.
    private const int MaxNameBytes = 64;

    public static SetWifi Read(JsonFields parameters) => new(
        parameters.Text("ssid", 1, MaxSsidBytes), parameters.Text("bssid", 0, MaxNameBytes),
        parameters.Text("encryption", 0, MaxNameBytes), parameters.Text("key", 0, MaxKeyBytes));
}
