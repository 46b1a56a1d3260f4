using System.Net.Sockets;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport.OpenSsl.Interop;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>Connects over TCP and TLS 1.2 by the system's libssl: OpenSSL 3 or 1.1.1. Whom it trusts and what it refuses is the same as with
/// <see cref="TlsConnector"/>. Thread-safe: one serves all channels of a process, and their connections share one set of roots.</summary>
public sealed class OpenSslConnector : IUplinkConnector
{
    private readonly TlsConnectorOptions _options;
    private readonly SslContextHandle _context;

    /// <summary>Loads OpenSSL and the roots.</summary>
    /// <param name="options">Whom to trust; null for the system's roots. Own roots are copied now.</param>
    /// <exception cref="DllNotFoundException">OpenSSL is not there; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">This OpenSSL cannot do what is needed; the message says what.</exception>
    public OpenSslConnector(TlsConnectorOptions? options = null)
    {
        _options = options ?? new TlsConnectorOptions();
        _context = TlsContext.Create(_options.TrustedRoots);
    }

    /// <inheritdoc />
    public async ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        Socket socket = await TcpDialer.DialAsync(endpoint, cancellationToken);
        var queue = new SendQueue(socket);
        TlsSession? tls = null;
        DecryptingStream? incoming = null;
        try
        {
            tls = new TlsSession(_context, queue);
            incoming = new DecryptingStream(socket, tls);
            await AuthenticateAsync(tls, queue, incoming, endpoint, cancellationToken);
            return new OpenSslConnection(socket, tls, queue, incoming);
        }
        catch
        {
            socket.Dispose();
            incoming?.Dispose();
            tls?.Dispose();
            queue.Dispose();
            throw;
        }
    }

    private async Task AuthenticateAsync(
        TlsSession tls, SendQueue queue, DecryptingStream incoming, HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            if (!tls.Require(_options.TargetHost ?? endpoint.Host))
            {
                throw new TlsHandshakeException(UplinkFaultKind.PeerNotVerified, "there is no name that a certificate could be checked against");
            }

            await ShakeHandsAsync(tls, queue, incoming, cancellationToken);
            tls.CheckPeer(_options);
        }
        catch (TlsHandshakeException error)
        {
            await SayWhyAsync(tls, queue);
            throw new UplinkException(error.Kind, error.Kind == UplinkFaultKind.PeerNotVerified
                ? $"{endpoint} was not verified: {error.Message}."
                : $"No TLS connection with {endpoint}: {error.Message}.", error);
        }
        catch (IOException error)
        {
            throw new UplinkException(UplinkFaultKind.TlsFailed, $"No TLS connection with {endpoint}: {error.Message}", error);
        }
    }

    private static async Task ShakeHandsAsync(TlsSession tls, SendQueue queue, DecryptingStream incoming, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool finished = tls.Handshake();
            await queue.SendPendingAsync(); // at most a few KB, which the kernel takes at once
            if (finished)
            {
                return;
            }

            if (!await incoming.ReceiveAsync(cancellationToken))
            {
                throw new IOException("The peer closed the connection in the handshake.");
            }
        }
    }

    /// <summary>The alert that libssl has written, as far as the peer still wants it; after a handshake that it found good, close_notify.</summary>
    private static async Task SayWhyAsync(TlsSession tls, SendQueue queue)
    {
        try
        {
            tls.Close();
            await queue.SendPendingAsync();
        }
        catch (IOException)
        {
            // It has gone.
        }
    }
}
