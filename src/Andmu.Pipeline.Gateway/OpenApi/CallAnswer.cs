using System.Text.Json;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>What a call is answered: the fields that every answer has, and a writer of the call's own ones.</summary>
internal sealed record CallAnswer(string ErrorCode, string Description, Action<Utf8JsonWriter>? Extra = null, int HttpStatus = 200)
{
    public static readonly CallAnswer Ok = new(ErrorCodes.Ok, "");

    public static CallAnswer With(Action<Utf8JsonWriter> extra) => new(ErrorCodes.Ok, "", extra);
}
