using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>An HTTPS server of one package on the loopback: each connection gets one answer, scripted or else an honest one, and ends.</summary>
internal sealed class PackageServer : IAsyncDisposable
{
    public delegate Task Answer(PackageServer server, string request, Stream stream);

    /// <summary>As it is asked for; it has to be led to the loopback.</summary>
    public const string InternationalName = "xn--bcher-kva.example";

    private static readonly X509Certificate2 Root = CreateRoot();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = Issue();
    private readonly ConcurrentQueue<Answer> _script = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly bool _plain;
    private readonly Task _accepting;

    public PackageServer(byte[] package, bool plain = false)
    {
        Package = package;
        _plain = plain;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public static X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    /// <summary>Heads of the requests, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public byte[] Package { get; set; }

    public string? Tag { get; set; } = "\"one\"";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public CancellationToken Stopping => _stop.Token;

    /// <summary>What the next connections get; after them, honest answers again.</summary>
    public void Script(params Answer[] answers)
    {
        foreach (Answer answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    public static long? Offset(string request)
    {
        string? line = request.Split("\r\n").SingleOrDefault(static line => line.StartsWith("Range: bytes=", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line["Range: bytes=".Length..^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes as they are.</summary>
    public static Answer Raw(string head, params byte[][] body) => async (_, _, stream) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\n"));
        foreach (byte[] part in body)
        {
            await stream.WriteAsync(part);
        }
    };

    public static Answer Status(string status) => Raw($"HTTP/1.1 {status}\r\nContent-Length: 0");

    public static Answer Redirect(string location, string status = "302 Found") =>
        Raw($"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0");

    /// <summary>The honest answer, up to so many bytes of the body.</summary>
    public static Answer Cut(int bytes) => (server, request, stream) => server.ServeAsync(request, stream, bytes, hang: false);

    /// <summary>The honest answer up to so many bytes, then silence until the client hangs up.</summary>
    public static Answer Hang(int bytes) => (server, request, stream) => server.ServeAsync(request, stream, bytes, hang: true);

    /// <summary>Alters the server, then answers otherwise.</summary>
    public static Answer After(Action<PackageServer> change, Answer answer) => (server, request, stream) =>
    {
        change(server);
        return answer(server, request, stream);
    };

    public static Task Honest(PackageServer server, string request, Stream stream) => server.ServeAsync(request, stream, int.MaxValue, hang: false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(string request, Stream stream, int bytes, bool hang)
    {
        bool goesOn = Offset(request) is not null && (Tag is null || request.Contains($"If-Range: {Tag}\r\n", StringComparison.Ordinal));
        int from = goesOn ? (int)Offset(request)!.Value : 0;
        int left = Package.Length - from;
        string tag = Tag is null ? "" : $"ETag: {Tag}\r\n";
        string head = goesOn
            ? $"HTTP/1.1 206 Partial Content\r\n{tag}Content-Range: bytes {from}-{Package.Length - 1}/{Package.Length}\r\nContent-Length: {left}\r\n\r\n"
            : $"HTTP/1.1 200 OK\r\n{tag}Content-Length: {left}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Stopping);
        await stream.WriteAsync(Package.AsMemory(from, Math.Min(left, bytes)), Stopping);
        await stream.FlushAsync(Stopping);
        if (hang)
        {
            await stream.ReadExactlyAsync(new byte[1], Stopping);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(Stopping)));
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
        try
        {
            await using Stream stream = await OpenAsync(client);
            string request = await ReadRequestAsync(stream);
            Requests.Enqueue(request);
            await (_script.TryDequeue(out Answer? answer) ? answer : Honest)(this, request, stream);
            if (stream is SslStream tls)
            {
                await tls.ShutdownAsync();
            }
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
        {
            // The client went away, which is what some of the tests are about.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_plain)
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, Stopping);
        return tls;
    }

    private async Task<string> ReadRequestAsync(Stream stream)
    {
        var request = new StringBuilder();
        byte[] buffer = new byte[8192];
        do
        {
            int read = await stream.ReadAsync(buffer, Stopping);
            request.Append(read > 0 ? Encoding.ASCII.GetString(buffer, 0, read) : throw new IOException("It hung up."));
        }
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal));
        return request.ToString();
    }

    private static X509Certificate2 Issue()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(InternationalName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 issued = request.Create(Root, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 CreateRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
    }
}
