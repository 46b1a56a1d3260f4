namespace Andmu.Pipeline.Control.Responses;

/// <summary>A wireless network in reach (specification 5.2.11.1).</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="Bssid">Address of the access point.</param>
/// <param name="Encryption">For instance <c>WPA/WPA2</c>.</param>
/// <param name="Signal">1 (weak) to 5 (strong); what lies outside is written as the nearer of them.</param>
/// <param name="Connected">Whether the device is on it.</param>
public sealed record WifiNetwork(string Ssid, string Bssid, string Encryption, int Signal, bool Connected);
