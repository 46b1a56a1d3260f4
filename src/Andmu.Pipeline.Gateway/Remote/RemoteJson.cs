using System.Text.Json.Serialization;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>What <c>control.json</c> holds: where the control port is and what opens it. The token is a secret.</summary>
internal sealed record ControlFile(Uri Address, string Token)
{
    public override string ToString() => Address.ToString();
}

/// <summary>The body of a command.</summary>
internal sealed record CommandBody
{
    public string? Name { get; init; }

    public Dictionary<string, string?>? Parameters { get; init; }

    /// <summary>Seconds to wait for the answer.</summary>
    public double? Timeout { get; init; }
}

/// <summary>A device as it is listed.</summary>
internal sealed record DeviceBody
{
    public required string Id { get; init; }

    public required int Channel { get; init; }

    public required string? Address { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public required DateTimeOffset LastPacketAt { get; init; }

    public required string Plan { get; init; }

    public required string Codec { get; init; }

    public required long Width { get; init; }

    public required long Height { get; init; }

    public required long Pictures { get; init; }

    public required long MediaBytes { get; init; }

    /// <summary>Bits of media a second, in the mean since the login.</summary>
    public required long BitRate { get; init; }

    public required IReadOnlyCollection<string> Viewers { get; init; }

    public required long ViolationCount { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    public required DeviceReport Reported { get; init; }
}

internal sealed record DevicesBody(IReadOnlyList<DeviceBody> Devices);

/// <summary>What became of a command; a response is the device's own JSON.</summary>
internal sealed record AnswerBody(
    string Device, string Command, string Outcome, long Session, System.Text.Json.JsonElement? Response, IReadOnlyList<string> Problems, double Seconds);

/// <summary>Why something was refused, for a person.</summary>
internal sealed record ErrorBody(string Error);

/// <summary>Source-generated JSON of the control port.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlFile))]
[JsonSerializable(typeof(CommandBody))]
[JsonSerializable(typeof(DevicesBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(GatewayEvent))]
internal sealed partial class RemoteJson : JsonSerializerContext;
