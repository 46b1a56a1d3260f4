namespace Andmu.Pipeline.Gateway;

/// <summary>One DevEventCmd as it arrived (specification 5.2.6); a line of <c>events.jsonl</c>.</summary>
/// <param name="DeviceId">The device's 15 digits.</param>
/// <param name="Type">1 motion, 2 sound, 3 face, 4 person count, 5 human shape.</param>
/// <param name="Status">1 start, 0 end.</param>
/// <param name="DeviceTime">When it happened, by the device's clock.</param>
/// <param name="ReceivedAt">When it arrived, by the gateway's clock.</param>
/// <param name="Message">The JSON of a person count, else null.</param>
public sealed record GatewayEvent(
    string DeviceId, int Type, int Status, DateTimeOffset DeviceTime, DateTimeOffset ReceivedAt, string? Message);
