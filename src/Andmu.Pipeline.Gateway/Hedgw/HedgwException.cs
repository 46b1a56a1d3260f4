namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>A device broke the protocol: its connection, and only that, is closed for this reason.</summary>
internal sealed class HedgwException(DisconnectReason reason, string message) : Exception(message)
{
    public DisconnectReason Reason { get; } = reason;
}
