using System.Text.Json;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>The wireless networks in reach (specification 5.2.11.1).</summary>
/// <param name="Networks">The networks, in the order in which an app is to show them.</param>
public sealed record WifiList(IReadOnlyList<WifiNetwork> Networks) : CommandAnswer
{
    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("responseParams");
        foreach (WifiNetwork network in Networks)
        {
            writer.WriteStartObject();
            writer.WriteNumber("bConnected", network.Connected ? 1 : 0);
            writer.WriteString("bssid", network.Bssid);
            writer.WriteString("encryption", network.Encryption);
            writer.WriteNumber("signal", Math.Clamp(network.Signal, 1, 5));
            writer.WriteString("ssid", network.Ssid);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
