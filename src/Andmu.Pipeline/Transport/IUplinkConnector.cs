namespace Andmu.Pipeline.Transport;

/// <summary>Makes connections: the seam at which TLS is exchanged for another transport, or for an in-memory one in a simulation.</summary>
public interface IUplinkConnector
{
    /// <summary>Connects and verifies the peer; sends no application byte.</summary>
    /// <exception cref="Session.UplinkException">It did not work; the kind says why.</exception>
    ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken);
}
