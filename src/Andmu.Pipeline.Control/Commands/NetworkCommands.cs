namespace Andmu.Pipeline.Control;

/// <summary>Joins another Wi-Fi network (specification 5.2.9.15; request 1793, subRequest 17). Answered before the device leaves the old one.</summary>
/// <param name="Ssid">Name, 1 to 32 bytes of UTF-8. Comes from outside: data, never a part of a command line.</param>
/// <param name="Bssid">The access point as the app has it; empty when it does not say.</param>
/// <param name="Encryption">How it is encrypted, such as <c>WPA/WPA2</c>; empty when the app does not say.</param>
/// <param name="Key">The key, at most 64 bytes of UTF-8; empty for none. A secret.</param>
public sealed record SetWifi(string Ssid, string Bssid, string Encryption, string Key) : ControlCommand
{
    /// <summary>Without the key.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"SetWifi {{ Ssid = {Ssid}, Bssid = {Bssid}, Encryption = {Encryption}, Key = *** }}";
}

/// <summary>Asks for the networks in reach (specification 5.2.10.1 and 5.2.11.1; request 1792, subRequest 16).</summary>
public sealed record QueryWifiNetworks : ControlCommand, IQuery<IReadOnlyList<WifiNetwork>>;

/// <summary>A Wi-Fi network in reach.</summary>
/// <param name="Ssid">Name.</param>
/// <param name="Bssid">Address of the access point.</param>
/// <param name="Encryption">How it is encrypted, such as <c>WPA2</c>.</param>
/// <param name="Signal">1 (weak) to 5.</param>
/// <param name="IsConnected">Whether the device is in it.</param>
public sealed record WifiNetwork(string Ssid, string Bssid, string Encryption, int Signal, bool IsConnected);
