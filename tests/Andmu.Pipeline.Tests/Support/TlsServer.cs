using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>A TLS server on loopback that serves one connection as a test tells it to.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<IDisposable> _open = [];

    public TlsServer() => _listener.Start();

    public HedgwEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public async Task<NetworkStream> AcceptRawAsync()
    {
        Socket socket = await _listener.AcceptSocketAsync();
        NetworkStream stream = new(socket, ownsSocket: true);
        _open.Add(stream);
        return stream;
    }

    public async Task<SslStream> AcceptAsync(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.Tls12, params TlsCipherSuite[] suites)
    {
        SslStream tls = new(await AcceptRawAsync());
        _open.Add(tls);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            EnabledSslProtocols = protocols,
            CipherSuitesPolicy = suites.Length > 0 && OperatingSystem.IsLinux() ? new CipherSuitesPolicy(suites) : null,
        });
        return tls;
    }

    /// <summary>Serves a client that is expected to refuse: gives the number of application bytes that it let through.</summary>
    public async Task<long> CountBytesAsync(X509Certificate2 certificate, SslProtocols protocols, params TlsCipherSuite[] suites)
    {
        long count = 0;
        try
        {
            SslStream tls = await AcceptAsync(certificate, protocols, suites);
            byte[] buffer = new byte[4096];
            for (int read; (read = await tls.ReadAsync(buffer)) > 0;)
            {
                count += read;
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or SocketException)
        {
            // The client has gone, which is what it should do.
        }

        return count;
    }

    public ValueTask DisposeAsync()
    {
        foreach (IDisposable open in _open)
        {
            open.Dispose();
        }

        _listener.Dispose();
        return default;
    }
}
