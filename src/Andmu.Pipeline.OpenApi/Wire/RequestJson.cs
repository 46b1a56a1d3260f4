using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Writes requests.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RequestMessage))]
internal sealed partial class RequestJson : JsonSerializerContext
{
    // The default encoder would write the quotes of ['HW':'3RD-X01',...] as \u0027, and a parser more modest than the specification
    // imagines might not undo that. The text goes into a form, never into HTML.
    private static readonly RequestJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(RequestMessage message) => JsonSerializer.Serialize(message, Plain.RequestMessage);
}
