using System.Text.Json;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>It was done, and there is nothing more to say (specification 5.2.9.15, 5.2.9.23, 5.2.11.5).</summary>
public sealed record Done : CommandAnswer
{
    private Done()
    {
    }

    /// <summary>The only one.</summary>
    public static Done Instance { get; } = new();

    internal override void Write(Utf8JsonWriter writer)
    {
    }
}
