namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Which message a packet carries: HEDGWMessage.message_type (specification appendix D). A value that is none of these comes from
/// a newer peer; <see cref="InboundMessage.IsKnownType"/> tells.
/// </summary>
/// <remarks>The number of the envelope's field that holds the message differs from the value: by one from 4 on.</remarks>
public enum MessageType
{
    /// <summary>The device logs in: the first packet of a connection (specification 5.2.1).</summary>
    DevLoginReq = 1,

    /// <summary>The platform's answer to a login (specification 5.2.1).</summary>
    DevLoginResp = 2,

    /// <summary>The device reports an event (specification 5.2.6).</summary>
    DevEventCmd = 4,

    /// <summary>The platform announces a plan or asks for thumbnails (specification 5.2.7 and 5.2.8).</summary>
    DevServerCmd = 5,

    /// <summary>An app's command, relayed by the platform (specification 5.2.9).</summary>
    DevAppCmd = 6,

    /// <summary>The device's answer or notice (specification 5.2.10 to 5.2.12).</summary>
    DevIpCamCmd = 7,

    /// <summary>A heartbeat; whoever receives it answers with <see cref="Pong"/> (specification 5.2.2).</summary>
    Ping = 8,

    /// <summary>The answer to a <see cref="Ping"/> (specification 5.2.2).</summary>
    Pong = 9,

    /// <summary>TDMediaPackage: media upwards, talk-back audio downwards (specification 5.2.3 and 5.2.5).</summary>
    MediaPackage = 10,
}
