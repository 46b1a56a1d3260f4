using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What must be in a response (specification 5.2.9.15, 5.2.9.23 and 5.2.11).</summary>
internal static class ResponseCheck
{
    // No place on earth has more; the specification has no bound.
    private const int MaxItems = 256;

    private const int MaxAngle = 1_000_000; // 5.2.9.12

    /// <summary>Checks msgContent of an answer against the command that it answers.</summary>
    /// <returns>Whether the device says that it did as told; null when it does not say either.</returns>
    public static bool? Content(FieldReader reader, CommandDefinition command, JsonElement content)
    {
        reader.Integer(content, "responseRequest", command.Request!.Value, command.Request.Value);
        reader.Integer(content, "responseSubRequest", command.SubRequest!.Value, command.SubRequest.Value);

        // -1 is a failure everywhere (5.2.9.15); for a panorama 5.2.9.23 has 1 in its stead, and a device may keep to either.
        int highest = command.Name == AppCommands.Panorama ? 1 : 0;
        if (reader.Integer(content, "response", -1, highest) is not { } response)
        {
            return null;
        }

        if (response == 0 && command.CheckResponse is { } check)
        {
            if (content.TryGetProperty("responseParams", out JsonElement parameters))
            {
                check(reader, parameters);
            }
            else
            {
                reader.Add("responseParams is missing");
            }
        }

        return response == 0;
    }

    /// <summary>5.2.11.1.</summary>
    public static void WifiNetworks(FieldReader reader, JsonElement networks) => Items(reader, networks, static (reader, network) =>
    {
        reader.Integer(network, "bConnected", 0, 1);
        reader.Text(network, "bssid");
        reader.Text(network, "encryption");
        reader.Integer(network, "signal", 1, 5);
        reader.Text(network, "ssid");
    });

    /// <summary>5.2.11.4. Its own example has a partition with more bytes free than there are, so that is not held against a device.</summary>
    public static void CardPartitions(FieldReader reader, JsonElement partitions) => Items(reader, partitions, static (reader, partition) =>
    {
        reader.Text(partition, "name");
        reader.Text(partition, "fs");
        reader.Integer(partition, "total", 0, long.MaxValue);
        reader.Integer(partition, "remain", 0, long.MaxValue);
    });

    /// <summary>5.2.11.6.</summary>
    public static void PtzPosition(FieldReader reader, JsonElement position)
    {
        if (position.ValueKind != JsonValueKind.Object)
        {
            reader.Add("responseParams is no object");
            return;
        }

        reader.Integer(position, "pan", -MaxAngle, MaxAngle);
        reader.Integer(position, "tilt", -MaxAngle, MaxAngle);
    }

    private static void Items(FieldReader reader, JsonElement list, Action<FieldReader, JsonElement> check)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            reader.Add("responseParams is no array");
            return;
        }

        if (list.GetArrayLength() > MaxItems)
        {
            reader.Add($"responseParams has {list.GetArrayLength()} items, at most {MaxItems} are taken");
            return;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                check(reader, item);
            }
            else
            {
                reader.Add("an item of responseParams is no object");
            }
        }
    }
}
