using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Session;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests.Support;

/// <summary>A camera, its uplink, a network that can fail, and the platform: real sockets and TLS, on one clock that runs ten times as fast as the wall's.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>Fast enough for a minute in six seconds; slow enough that a busy machine's hiccup of 100 ms is one second here.</summary>
    private const int Speed = 10;

    /// <summary>A handshake takes the machine's own time, not the scene's.</summary>
    private static readonly TimeSpan PatientTimeout = TimeSpan.FromSeconds(10) * Speed;

    private Scene(SourceClip source, LocalPlatform platform, FaultProxy network, MediaBuffer buffer, UplinkSession uplink, Camera camera)
    {
        Source = source;
        Platform = platform;
        Network = network;
        Buffer = buffer;
        Uplink = uplink;
        Camera = camera;
        Watch = new UplinkWatch(uplink);
    }

    public SourceClip Source { get; }

    public LocalPlatform Platform { get; }

    public FaultProxy Network { get; }

    public MediaBuffer Buffer { get; }

    public UplinkSession Uplink { get; }

    public Camera Camera { get; }

    public UplinkWatch Watch { get; }

    /// <summary>Sets all up and logs in.</summary>
    public static async Task<Scene> StartAsync(
        SourceClip source, GatewayPlan plan, Func<UplinkOptions, UplinkOptions>? configure = null, MediaBufferOptions? bufferOptions = null)
    {
        var time = new ScaledTimeProvider(Speed);
        LocalPlatform platform = await LocalPlatform.StartAsync(plan, time, pingSpan: TimeSpan.FromSeconds(60), loginTimeout: PatientTimeout);
        var network = new FaultProxy(platform.Endpoint, time);
        var buffer = new MediaBuffer(bufferOptions, time);
        UplinkSession uplink = platform.NewUplink(
            buffer,
            stream: new StreamDescription { VideoCodec = source.Codec },
            endpoint: network.Endpoint,
            configure: options => (configure ?? (same => same))(options with
            {
                ConnectTimeout = PatientTimeout,
                LoginTimeout = PatientTimeout,
                CloseTimeout = PatientTimeout,
            }));
        var scene = new Scene(source, platform, network, buffer, uplink, new Camera(buffer, source, time));
        uplink.Start();
        await scene.Watch.UntilAsync(UplinkState.Online);
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        return scene;
    }

    /// <summary>Reports an event at two moments of the camera's clock.</summary>
    public void Event(double from, double to, DeviceEventType type = DeviceEventType.Motion)
    {
        ReportAt(from, started: true, type);
        ReportAt(to, started: false, type);
    }

    /// <summary>Waits for delivery, stops the uplink and the platform, and gives what was recorded, oldest first.</summary>
    public async Task<RecordedClip[]> FinishAsync()
    {
        Assert.True(await Uplink.DrainAsync(TestContext.Current.CancellationToken));
        await Uplink.StopAsync();
        return [.. await Task.WhenAll((await Platform.FinishRecordingsAsync()).Select(path => RecordedClip.ReadAsync(path, Source)))];
    }

    public async ValueTask DisposeAsync()
    {
        await Uplink.DisposeAsync();
        await Network.DisposeAsync();
        await Platform.DisposeAsync();
    }

    private void ReportAt(double second, bool started, DeviceEventType type) =>
        Camera.At(second, () => Assert.True(Uplink.TryReportEvent(type, started, Camera.TimeOf(TimeSpan.FromSeconds(second)))));
}
