using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Andmu.Pipeline.OpenApi.Tests.Doubles;

/// <summary>An HTTPS server on the loopback that answers with whatever bytes the test writes, and keeps what it was sent.</summary>
internal sealed class RawHttpsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly SslProtocols _protocols;
    private readonly Func<Stream, Task> _answer;
    private readonly Task _accepting;
    private readonly ConcurrentBag<Task> _connections = [];

    private RawHttpsServer(Func<Stream, Task> answer, X509Certificate2? certificate, SslProtocols protocols)
    {
        _answer = answer;
        _certificate = certificate ?? TestAuthority.Instance.Issue();
        _protocols = protocols;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Heads and bodies of the requests, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static RawHttpsServer Start(string answer, X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.None) =>
        new(stream => stream.WriteAsync(Encoding.UTF8.GetBytes(answer)).AsTask(), certificate, protocols);

    public static RawHttpsServer Start(Func<Stream, Task> answer) => new(answer, null, SslProtocols.None);

    /// <summary>A client that trusts the test's CA, or the system's.</summary>
    public OpenApiClient Client(string host = "127.0.0.1", bool trustTestAuthority = true, int maxResponseBytes = 1 << 20) => new(
        new HttpClient(OpenApiHttp.CreateHandler(trustTestAuthority ? TestAuthority.Instance.Roots : null)),
        Sample.Options with { Endpoint = new Uri($"https://{host}:{Port}"), MaxResponseBytes = maxResponseBytes });

    /// <summary>When every connection so far has ended.</summary>
    public Task QuietAsync() => Task.WhenAll(_connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = _protocols }, _stop.Token);
            string request = await ReadRequestAsync(tls);
            if (request.Length == 0)
            {
                return;
            }

            Requests.Enqueue(request);
            await _answer(tls);
            await tls.ShutdownAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
        {
            // The client went away, which is what some of the tests are about.
        }
    }

    private async Task<string> ReadRequestAsync(SslStream tls)
    {
        var request = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (true)
        {
            int read = await tls.ReadAsync(buffer, _stop.Token);
            request.Append(Encoding.UTF8.GetString(buffer, 0, read));
            string text = request.ToString();
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && text.Length - head - 4 >= ContentLength(text[..head])))
            {
                return text;
            }
        }
    }

    private static int ContentLength(string head)
    {
        string line = head.Split("\r\n").Single(header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
