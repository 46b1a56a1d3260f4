using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Certificates;
using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.Hosting;
using Andmu.Pipeline.Gateway.OpenApi;
using Andmu.Pipeline.Gateway.Recording;
using Andmu.Pipeline.Gateway.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Gateway;

/// <summary>
/// A local Andmu/Hemu platform: the OpenAPI over HTTPS, the HEDGW channel over TLS, and a recorder. For development and tests;
/// not a service to put on the Internet. Every member may be used from any thread.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly Platform _platform;
    private readonly PlatformSettings _settings;
    private readonly RecordingList _recordings;
    private readonly PlatformHost _host;
    private readonly RemoteHost? _remote;
    private readonly ConnectionCutter _cutter;
    private readonly X509Certificate2 _certificate;
    private int _stopped;

    private GatewayServer(
        Platform platform,
        PlatformSettings settings,
        RecordingList recordings,
        PlatformHost host,
        RemoteHost? remote,
        ConnectionCutter cutter,
        X509Certificate2 certificate)
    {
        _recordings = recordings;
        _platform = platform;
        _settings = settings;
        _host = host;
        _remote = remote;
        _cutter = cutter;
        _certificate = certificate;
        OpenApiAddress = new UriBuilder(Uri.UriSchemeHttps, host.OpenApi.Address.ToString(), host.OpenApi.Port, BatchEndpoint.Path).Uri;
    }

    /// <summary>Raised for everything that happens, on the thread it happens on: a handler must return soon and must not block.</summary>
    public event EventHandler<GatewayNotice> Noticed
    {
        add => _platform.Notices.Posted += value;
        remove => _platform.Notices.Posted -= value;
    }

    /// <summary>The address of every OpenAPI call; its authority is the domain to configure in a device.</summary>
    public Uri OpenApiAddress { get; }

    /// <summary>Where the HEDGW channel listens.</summary>
    public (string Host, int Port) HedgwEndpoint => (_host.Hedgw.Address.ToString(), _host.Hedgw.Port);

    /// <summary>Where the control port listens; null without one. What opens it is in <c>control.json</c>.</summary>
    public Uri? ControlAddress => _remote?.Address;

    /// <summary>The certificate of the authority that devices must trust, PEM.</summary>
    public string CaPath => _platform.Data.CaCertificate;

    /// <summary>The data directory, in full.</summary>
    public string DataDirectory => _platform.Data.Root;

    /// <summary>The devices that are logged in.</summary>
    public IReadOnlyList<DeviceSession> Devices => _platform.Sessions.Snapshot();

    /// <summary>The latest 10000 events, oldest first; all are in <c>events.jsonl</c>.</summary>
    public IReadOnlyList<GatewayEvent> Events => _platform.Events.Snapshot();

    /// <summary>The latest 10000 recordings of this run, oldest first.</summary>
    public IReadOnlyList<RecordingInfo> Recordings => _recordings.Snapshot();

    /// <summary>Misbehaviour on demand.</summary>
    public GatewayFaults Faults => _platform.Faults;

    // Connections of the HEDGW channel, logged in or not.
    internal int ConnectionCount => _platform.Sessions.Connections().Count;

    /// <summary>Starts a platform; it serves when this completes.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="loggerFactory">Where it logs; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="GatewayException">An option is wrong, a port is busy, or the data directory cannot be used.</exception>
    public static async Task<GatewayServer> StartAsync(
        GatewayOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ILoggerFactory loggers = loggerFactory ?? NullLoggerFactory.Instance;
        DataDirectory data = Hosting.DataDirectory.Open(options.DataDirectory);
        X509Certificate2 certificate = LoadCertificate(data, options.Host);
        var sessions = new SessionTable();
        var cutter = new ConnectionCutter(options.TimeProvider, sessions);
        RecorderPool? recorders = null;
        PlatformHost? host = null;
        RecordingList recordings;
        try
        {
            var notices = new NoticeBoard(options.TimeProvider, loggers.CreateLogger("Andmu.Pipeline.Gateway"));
            recordings = new RecordingList();
            recorders = new RecorderPool(
                new RecorderContext(new RecordingFiles(data).Create, notices, recordings, options.TimeProvider), options.RecordingIdleTimeout);
            var platform = new Platform(
                options, data, notices, new GatewayFaults(cutter, sessions), DeviceRegistry.Load(data), new PlanBook(options.Plan), sessions,
                new EventLog(data.Events, notices), recorders);
            var settings = new PlatformSettings();
            var calls = new DeviceCalls(options, platform.Faults, notices, platform.Registry, platform.Known, settings);
            host = await PlatformHost.StartAsync(
                options, certificate, new HedgwConnectionHandler(platform),
                new BatchEndpoint(options, platform.Faults, notices, calls), loggers, cancellationToken);
            calls.HedgwPort = host.Hedgw.Port;
            RemoteHost? remote = options.ControlPort is { } port
                ? await RemoteHost.StartAsync(platform, port, loggers, cancellationToken)
                : null;
            return new GatewayServer(platform, settings, recordings, host, remote, cutter, certificate);
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            recorders?.Dispose();
            cutter.Dispose();
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>A user asks for a wired binding: the next poll of a device gets these (specification 5.1.2). Empty strings withdraw it.</summary>
    /// <param name="userMobile">The user's mobile number.</param>
    /// <param name="userToken">The token to register with.</param>
    public void OfferBinding(string userMobile, string userToken) => _settings.Binding = (userMobile, userToken);

    /// <summary>Replaces the settings that devices are given (specification 5.1.5).</summary>
    /// <param name="camRW">A JSON object; sent as it is.</param>
    /// <exception cref="ArgumentException">It is not JSON.</exception>
    public void SetCameraSettings(string camRW)
    {
        try
        {
            using var parsed = JsonDocument.Parse(camRW);
        }
        catch (JsonException e)
        {
            throw new ArgumentException("The settings are not JSON.", nameof(camRW), e);
        }

        _settings.CameraSettings = camRW;
    }

    /// <summary>Forgets a registration, so that its token is refused; its connections stay as they are.</summary>
    /// <param name="deviceId">The device's 15 digits.</param>
    /// <returns>Whether it was registered.</returns>
    public bool ForgetDevice(string deviceId) => _platform.Registry.Forget(deviceId);

    /// <summary>Closes every connection in an orderly way, finishes every recording and stops listening. Calling it again does nothing.</summary>
    /// <param name="cancellationToken">Cuts what has not closed by then.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        _cutter.Dispose();
        foreach (ConnectionEnd connection in _platform.Sessions.Connections())
        {
            connection.Request(DisconnectReason.ClosedByGateway, "the gateway stops");
        }

        try
        {
            await (_remote?.StopAsync(cancellationToken) ?? Task.CompletedTask);
            await _host.StopAsync(cancellationToken);
        }
        finally
        {
            _platform.Recorders.Dispose();
        }
    }

    /// <summary>Stops the platform and frees its ports.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await (_remote?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _host.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 LoadCertificate(DataDirectory data, IPAddress host)
    {
        try
        {
            // Peers check certificates against their own, real clock: a virtual one would make them worthless.
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using X509Certificate2 authority = CertificateAuthority.LoadOrCreate(data, now);
            return ServerCertificate.LoadOrCreate(data, authority, ServerNames.For(host), now);
        }
        catch (Exception e) when (Hosting.DataDirectory.IsFileFault(e))
        {
            throw Hosting.DataDirectory.Unusable(data.Root, e);
        }
    }
}
