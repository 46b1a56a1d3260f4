using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Transport;

/// <summary>Connects over TCP and TLS 1.2 by SslStream (specification 5.2). Thread-safe: one serves all channels of a process.</summary>
/// <param name="options">Whom to trust; null for the system's roots.</param>
public sealed class TlsConnector(TlsConnectorOptions? options = null) : IUplinkConnector
{
    private readonly TlsConnectorOptions _options = options ?? new TlsConnectorOptions();

    /// <inheritdoc />
    public async ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        Socket socket = await TcpDialer.DialAsync(endpoint, cancellationToken);
        var queue = new SendQueue(socket);
        var wire = new CoalescingStream(socket, queue);
        var tls = new SslStream(wire, leaveInnerStreamOpen: false);
        try
        {
            await AuthenticateAsync(tls, endpoint, cancellationToken);
            return new TlsConnection(socket, tls, wire, queue);
        }
        catch
        {
            await tls.DisposeAsync();
            queue.Dispose();
            throw;
        }
    }

    private async Task AuthenticateAsync(SslStream tls, HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        var verification = new PeerVerification(_options);
        try
        {
            await tls.AuthenticateAsClientAsync(verification.ClientOptions(endpoint), cancellationToken);
        }
        catch (AuthenticationException error) when (verification.Failure is { } failure)
        {
            throw new UplinkException(UplinkFaultKind.PeerNotVerified, $"{endpoint} was not verified: {failure}.", error);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or SocketException)
        {
            throw new UplinkException(UplinkFaultKind.TlsFailed, $"No TLS connection with {endpoint}: {(error.InnerException ?? error).Message}", error);
        }

        verification.Check(tls);
    }
}
