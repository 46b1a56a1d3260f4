using System.Text.Json;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>The volumes of the SD card (specification 5.2.11.4).</summary>
/// <param name="Volumes">The volumes; none when no card is in.</param>
public sealed record SdCardInfo(IReadOnlyList<CardVolume> Volumes) : CommandAnswer
{
    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("responseParams");
        foreach (CardVolume volume in Volumes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", volume.Name);
            writer.WriteString("fs", volume.FileSystem);
            writer.WriteNumber("total", volume.TotalBytes);
            writer.WriteNumber("remain", volume.RemainingBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
