using System.Text.Json;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>Where the head points (specification 5.2.11.6).</summary>
/// <param name="Pan">-1000000 (far left) to 1000000 (far right).</param>
/// <param name="Tilt">-1000000 (bottom) to 1000000 (top).</param>
public sealed record PtzPosition(int Pan, int Tilt) : CommandAnswer
{
    /// <summary>Largest distance from the centre, either way (specification 5.2.9.12).</summary>
    public const int Limit = 1_000_000;

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("responseParams");
        writer.WriteNumber("pan", Math.Clamp(Pan, -Limit, Limit));
        writer.WriteNumber("tilt", Math.Clamp(Tilt, -Limit, Limit));
        writer.WriteEndObject();
    }
}
