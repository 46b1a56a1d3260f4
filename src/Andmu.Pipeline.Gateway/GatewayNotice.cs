namespace Andmu.Pipeline.Gateway;

/// <summary>Something that happened on the gateway, for a display or a test.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When, by the gateway's clock.</param>
/// <param name="DeviceId">The device's 15 digits, or empty while it is not known.</param>
/// <param name="Text">The particulars, in English; never a secret.</param>
public sealed record GatewayNotice(GatewayNoticeKind Kind, DateTimeOffset Time, string DeviceId, string Text);
