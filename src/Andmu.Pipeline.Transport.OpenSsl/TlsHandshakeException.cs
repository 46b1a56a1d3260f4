using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>A handshake that failed; the connector says with whom.</summary>
internal sealed class TlsHandshakeException(UplinkFaultKind kind, string reason) : Exception(reason)
{
    public UplinkFaultKind Kind => kind;
}
