using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests.Support;

/// <summary>A local platform on free ports, with a folder that goes with it, and uplinks that can log in to it.</summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    public const string DeviceToken = "token-for-the-end-to-end-tests";

    private readonly Channel<GatewayNotice> _notices = Channel.CreateUnbounded<GatewayNotice>();

    private LocalPlatform(GatewayServer server)
    {
        Server = server;
        server.Noticed += (_, notice) => _notices.Writer.TryWrite(notice);
    }

    public GatewayServer Server { get; }

    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(Server.CaPath)];

    public HedgwEndpoint Endpoint => new(Server.HedgwEndpoint.Host, Server.HedgwEndpoint.Port);

    /// <summary>The one device that is logged in, by its live connection.</summary>
    public DeviceSession Device => Assert.Single(Server.Devices, static session => session.Login.ChannelId == 0);

    public static async Task<LocalPlatform> StartAsync(
        GatewayPlan plan = GatewayPlan.Cloud, TimeProvider? time = null, TimeSpan? pingSpan = null, TimeSpan? loginTimeout = null,
        bool eventsOnly = false)
    {
        string folder = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        GatewayServer server = await GatewayServer.StartAsync(new GatewayOptions
        {
            DataDirectory = folder,
            HedgwPort = 0,
            OpenApiPort = 0,
            Plan = plan,
            AcceptedTokens = [DeviceToken],
            PingPongSpan = pingSpan ?? TimeSpan.FromSeconds(10),
            LoginTimeout = loginTimeout ?? TimeSpan.FromSeconds(10),
            SdUploadEventsOnly = eventsOnly,
            RecordingIdleTimeout = TimeSpan.FromMinutes(2), // longer than any pause between two tries to reconnect
            TimeProvider = time ?? TimeProvider.System,
        });
        return new LocalPlatform(server);
    }

    public UplinkSession NewUplink(
        MediaBuffer buffer, TlsConnectorOptions? tls = null, string? accessSecret = null, StreamDescription? stream = null,
        HedgwEndpoint? endpoint = null, Func<UplinkOptions, UplinkOptions>? configure = null)
    {
        var options = new UplinkOptions
        {
            Stream = stream ?? new StreamDescription(),
            Credentials = new DeviceCredentials
            {
                AccessKey = "Zhejian",
                AccessSecret = accessSecret ?? "XgijVJq7eIp94Ax3cKvq", // the specification's own sample, 1.2.2.3
                UserName = "13800000000",
                DeviceToken = DeviceToken,
                UnifiedId = "unified",
                DeviceMac = "2059a074e0bc",
            },
        };
        return new UplinkSession(
            configure is null ? options : configure(options),
            buffer,
            new TlsConnector(tls ?? new TlsConnectorOptions { TrustedRoots = Roots }),
            new FixedEndpoints(endpoint ?? Endpoint),
            new Random(1));
    }

    /// <summary>The next notice of a kind; those of other kinds before it are passed over.</summary>
    public async Task<GatewayNotice> NextAsync(GatewayNoticeKind kind)
    {
        await foreach (GatewayNotice notice in _notices.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (notice.Kind == kind)
            {
                return notice;
            }
        }

        throw new InvalidOperationException("The platform has stopped.");
    }

    /// <summary>Finishes the recordings and gives their paths, oldest first.</summary>
    public async Task<string[]> FinishRecordingsAsync()
    {
        await Server.StopAsync();
        return [.. Directory.EnumerateFiles(Server.DataDirectory, "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Server.DataDirectory, recursive: true);
    }
}
