using System.Threading.Channels;
using Andmu.Pipeline.Gateway;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace Andmu.Pipeline.Native.Tests.Support;

/// <summary>A local platform on free ports.</summary>
internal sealed class TestPlatform : IAsyncDisposable
{
    /// <summary>The specification's own sample, 1.2.2.3.</summary>
    public const string AccessSecret = "XgijVJq7eIp94Ax3cKvq";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<GatewayNotice> _notices = Channel.CreateUnbounded<GatewayNotice>();
    private readonly GatewayOptions _options;
    private readonly string _folder;

    private TestPlatform(GatewayServer server, GatewayOptions options, string folder)
    {
        _options = options with { HedgwPort = server.HedgwEndpoint.Port, OpenApiPort = server.OpenApiAddress.Port };
        _folder = folder;
        Server = Listen(server);
    }

    public GatewayServer Server { get; private set; }

    public DeviceSession Device => Assert.Single(Server.Devices);

    public string OpenApiUrl => $"https://{Server.OpenApiAddress.Authority}";

    public static async Task<TestPlatform> StartAsync(GatewayPlan plan)
    {
        string folder = Directory.CreateTempSubdirectory("andmu-native-").FullName;
        var options = new GatewayOptions
        {
            DataDirectory = Path.Combine(folder, "platform"),
            HedgwPort = 0,
            OpenApiPort = 0,
            Plan = plan,
        };
        return new TestPlatform(await GatewayServer.StartAsync(options), options, folder);
    }

    /// <summary>Waits for a condition: looks again at every notice, of whatever kind.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!condition())
        {
            await _notices.Reader.ReadAsync(patience.Token);
        }
    }

    /// <summary>Nobody can reach it any more; what it has recorded is finished.</summary>
    public ValueTask GoAwayAsync() => Server.DisposeAsync();

    /// <summary>It is back where it was, with what it knew.</summary>
    public async Task ComeBackAsync() => Server = Listen(await GatewayServer.StartAsync(_options));

    /// <summary>A folder that goes with the platform.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>The next notice of a kind; others before it are passed over.</summary>
    public async Task<GatewayNotice> NextAsync(GatewayNoticeKind kind)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await foreach (GatewayNotice notice in _notices.Reader.ReadAllAsync(patience.Token))
        {
            if (notice.Kind == kind)
            {
                return notice;
            }
        }

        throw new InvalidOperationException("The platform has stopped.");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private GatewayServer Listen(GatewayServer server)
    {
        server.Noticed += (_, notice) => _notices.Writer.TryWrite(notice);
        return server;
    }
}
