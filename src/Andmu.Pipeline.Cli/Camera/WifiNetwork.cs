namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A network in reach, as a list of networks shows it (specification 5.2.11.1).</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="Bssid">The access point.</param>
/// <param name="Encryption">For instance <c>WPA2</c> or <c>WPA/WPA2</c>; <c>NONE</c> takes any key.</param>
/// <param name="Signal">1, weak, to 5.</param>
/// <param name="IsConnected">Whether the camera is in it.</param>
internal sealed record WifiNetwork(string Ssid, string Bssid, string Encryption, int Signal, bool IsConnected);
