using System.Text.Json;
using Andmu.Pipeline.Control.Messages;

namespace Andmu.Pipeline.Control;

/// <summary>Writes the response to a command (the msg of a DevIpCamCmd of type 2, specification 5.2.11), for the <c>dst_device_id</c> that sent the command.
/// Stateless; thread-safe.</summary>
public static class CommandResponse
{
    private const int PanoramaSubRequest = 153;

    /// <summary>The response to a command that was done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sequence">msgSequence: the device's own count.</param>
    /// <param name="time">Now, by the platform's clock.</param>
    public static string Done(ReceivedCommand command, int sequence, DateTimeOffset time) => Write(command, 0, null, sequence, time);

    /// <summary>The response to a command that was not done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sequence">msgSequence: the device's own count.</param>
    /// <param name="time">Now, by the platform's clock.</param>
    public static string Failed(ReceivedCommand command, int sequence, DateTimeOffset time)
    {
        // -1 says failed in 5.2.9.15, 5.2.11.5 and 5.2.11.6, but 1 in 5.2.9.23.
        int failed = command.SubRequest == PanoramaSubRequest ? 1 : -1;
        return Write(command, failed, null, sequence, time);
    }

    /// <summary>The response to <see cref="QueryWifiNetworks"/> (specification 5.2.11.1).</summary>
    /// <param name="command">The command.</param>
    /// <param name="networks">The answer.</param>
    /// <param name="sequence">msgSequence: the device's own count.</param>
    /// <param name="time">Now, by the platform's clock.</param>
    public static string Answer(ReceivedCommand command, IReadOnlyList<WifiNetwork> networks, int sequence, DateTimeOffset time) =>
        Write(command, 0, json =>
        {
            json.WriteStartArray();
            foreach (WifiNetwork network in networks)
            {
                json.WriteStartObject();
                json.WriteNumber("bConnected", network.IsConnected ? 1 : 0);
                json.WriteString("bssid", network.Bssid);
                json.WriteString("encryption", network.Encryption);
                json.WriteNumber("signal", Math.Clamp(network.Signal, 1, 5));
                json.WriteString("ssid", network.Ssid);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }, sequence, time);

    /// <summary>The response to <see cref="QueryCard"/> (specification 5.2.11.4).</summary>
    /// <param name="command">The command.</param>
    /// <param name="volumes">The answer.</param>
    /// <param name="sequence">msgSequence: the device's own count.</param>
    /// <param name="time">Now, by the platform's clock.</param>
    public static string Answer(ReceivedCommand command, IReadOnlyList<CardVolume> volumes, int sequence, DateTimeOffset time) =>
        Write(command, 0, json =>
        {
            json.WriteStartArray();
            foreach (CardVolume volume in volumes)
            {
                json.WriteStartObject();
                json.WriteString("name", volume.Name);
                json.WriteString("fs", volume.FileSystem);
                json.WriteNumber("total", volume.TotalBytes);
                json.WriteNumber("remain", volume.FreeBytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }, sequence, time);

    /// <summary>The response to <see cref="QueryPtzPosition"/> (specification 5.2.11.6).</summary>
    /// <param name="command">The command.</param>
    /// <param name="position">The answer.</param>
    /// <param name="sequence">msgSequence: the device's own count.</param>
    /// <param name="time">Now, by the platform's clock.</param>
    public static string Answer(ReceivedCommand command, PtzPosition position, int sequence, DateTimeOffset time) =>
        Write(command, 0, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("pan", position.Pan);
            json.WriteNumber("tilt", position.Tilt);
            json.WriteEndObject();
        }, sequence, time);

    private static string Write(ReceivedCommand command, int response, Action<Utf8JsonWriter>? responseParams, int sequence, DateTimeOffset time) =>
        MessageJson.Write(json =>
        {
            json.WriteString("msgCategory", "camera");
            json.WriteStartObject("msgContent");
            json.WriteNumber("response", response);
            if (responseParams is not null)
            {
                json.WritePropertyName("responseParams");
                responseParams(json);
            }

            json.WriteNumber("responseRequest", command.Request);
            if (command.SubRequest is { } subRequest)
            {
                json.WriteNumber("responseSubRequest", subRequest);
            }

            json.WriteEndObject();
            json.WriteNumber("msgSequence", sequence);
            json.WritePropertyName("msgSession");
            json.WriteRawValue(command.Session);
            json.WriteNumber("msgTimeStamp", time.ToUnixTimeSeconds()); // seconds in every example of 5.2.11
        });
}
