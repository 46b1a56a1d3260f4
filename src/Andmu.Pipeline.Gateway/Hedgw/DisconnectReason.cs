namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Why a connection of the HEDGW channel ended; its name stands at the head of the notice.</summary>
internal enum DisconnectReason
{
    /// <summary>The device closed the connection between two packets.</summary>
    ClosedByDevice,

    /// <summary>The connection broke: reset, timed out, TLS fault.</summary>
    ConnectionLost,

    /// <summary>The host asked for it, or the gateway stops.</summary>
    ClosedByGateway,

    /// <summary>The host asked for a reset.</summary>
    AbortedByGateway,

    /// <summary>The same device logged in again on the same channel.</summary>
    ReplacedByNewLogin,

    /// <summary>No login within the time allowed.</summary>
    LoginTimeout,

    /// <summary>The login was answered with an error.</summary>
    LoginRefused,

    /// <summary>The first packet was not a login.</summary>
    LoginExpected,

    /// <summary>A login had values outside specification 5.2.1.</summary>
    BadLogin,

    /// <summary>No packet for three heartbeat intervals.</summary>
    HeartbeatTimeout,

    /// <summary>A packet announced a length of 0.</summary>
    EmptyPacket,

    /// <summary>A packet announced more bytes than its kind may have.</summary>
    PacketTooLong,

    /// <summary>The connection ended within a packet.</summary>
    TruncatedPacket,

    /// <summary>A packet is not a HEDGWMessage.</summary>
    MalformedPacket,

    /// <summary>A message came that a device may not send, or not any more.</summary>
    UnexpectedMessage,

    /// <summary>A media package has a type that specification 5.2.3 does not know.</summary>
    UnknownPackageType,

    /// <summary>A fault of the gateway's own.</summary>
    InternalFault,
}
