using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A gateway on free ports with a data directory of its own, and everything it has told so far.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string AcceptedToken = "T0";
    public const string AccessKey = "Zhejian";
    public const string AccessSecret = "XgijVJq7eIp94Ax3cKvq";

    // Real time, only ever waited out by a test that fails.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory;
    private readonly Channel<GatewayNotice> _notices = Channel.CreateUnbounded<GatewayNotice>();

    private TestGateway(GatewayServer server, TemporaryDirectory directory)
    {
        Server = server;
        _directory = directory;
        server.Noticed += (_, notice) => _notices.Writer.TryWrite(notice);
    }

    public GatewayServer Server { get; }

    public string DataDirectory => _directory.Path;

    public static async Task<TestGateway> StartAsync(Func<GatewayOptions, GatewayOptions>? configure = null)
    {
        var directory = new TemporaryDirectory();
        var options = new GatewayOptions
        {
            DataDirectory = directory.Path,
            HedgwPort = 0,
            OpenApiPort = 0,
            AcceptedTokens = [AcceptedToken],
        };
        return new TestGateway(await GatewayServer.StartAsync(configure?.Invoke(options) ?? options), directory);
    }

    /// <summary>Waits for the next notice of a kind; those of other kinds are passed over.</summary>
    public async Task<GatewayNotice> NextAsync(GatewayNoticeKind kind)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            GatewayNotice notice = await _notices.Reader.ReadAsync(patience.Token);
            if (notice.Kind == kind)
            {
                return notice;
            }
        }
    }

    public X509Certificate2 LoadAuthority() => X509CertificateLoader.LoadCertificateFromFile(Server.CaPath);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }
}
