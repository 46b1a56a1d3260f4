namespace Andmu.Pipeline.Session;

/// <summary>Why an uplink is not, or no longer, online.</summary>
public enum UplinkFaultKind
{
    /// <summary>No gateway address could be had.</summary>
    NoEndpoint,

    /// <summary>No TCP connection: name not found, refused, unreachable, or timed out.</summary>
    ConnectFailed,

    /// <summary>The TLS handshake failed for another reason than the certificate, e.g. no common protocol or suite.</summary>
    TlsFailed,

    /// <summary>The peer's certificate, host name or key is not what it must be. Nothing was sent to it.</summary>
    PeerNotVerified,

    /// <summary>No answer to the login within its time.</summary>
    LoginTimeout,

    /// <summary>2001: credentials refused, or the token has expired.</summary>
    LoginRefused,

    /// <summary>2008: not admitted now; come back in 90 s.</summary>
    NotAdmitted,

    /// <summary>2026, or plan 44: the device was deleted from its account.</summary>
    DeviceDeleted,

    /// <summary>The peer sent what the specification does not allow.</summary>
    ProtocolViolation,

    /// <summary>The peer closed the connection in order.</summary>
    PeerClosed,

    /// <summary>The connection broke: reset, unreachable, or a TLS alert.</summary>
    ConnectionLost,

    /// <summary>The peer has not given a sign of life within the heartbeat deadline.</summary>
    PeerSilent,

    /// <summary>The host stopped the uplink.</summary>
    Stopped,
}
