using System.Net;
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
        Socket socket = await DialAsync(endpoint, cancellationToken);
        var wire = new CoalescingStream(socket);
        var tls = new SslStream(wire, leaveInnerStreamOpen: false);
        try
        {
            await AuthenticateAsync(tls, endpoint, cancellationToken);
            return new TlsConnection(socket, tls, wire);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static async Task<Socket> DialAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            SocketException? last = null;
            foreach (IPAddress address in await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken))
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(address, endpoint.Port, cancellationToken);
                    return socket;
                }
                catch (SocketException error)
                {
                    socket.Dispose();
                    last = error;
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            }

            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception error) when (error is SocketException or ArgumentException) // a name that is none comes from outside, too
        {
            throw new UplinkException(UplinkFaultKind.ConnectFailed, $"No connection to {endpoint}: {error.Message}.", error);
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
