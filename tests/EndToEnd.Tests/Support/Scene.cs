using System.Collections.Concurrent;
using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;
using DevicePlan = Andmu.Pipeline.DevicePlan;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests.Support;

/// <summary>A camera, its uplink, a network that can fail, and the platform: real sockets and TLS, on one clock that is faster than the wall's.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>What hangs is a failure, and says where; no scene takes a tenth of this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Fast enough for a minute in three seconds.</summary>
    private const int Speed = 20;

    /// <summary>A handshake takes the machine's own time, not the scene's.</summary>
    private static readonly TimeSpan PatientTimeout = TimeSpan.FromSeconds(10) * Speed;

    private readonly ConcurrentQueue<EventClipReport> _clips = new();
    private readonly CancellationTokenSource _patience;

    private Scene(
        ScaledTimeProvider time, SourceClip source, LocalPlatform platform, FaultProxy network, MediaBuffer buffer, UplinkSession uplink, Camera camera,
        CancellationTokenSource patience)
    {
        Time = time;
        _patience = patience;
        Source = source;
        Platform = platform;
        Network = network;
        Buffer = buffer;
        Uplink = uplink;
        Camera = camera;
        Watch = new UplinkWatch(uplink);
        uplink.ClipFinished += clip => _clips.Enqueue(clip);
    }

    public ScaledTimeProvider Time { get; }

    public SourceClip Source { get; }

    public LocalPlatform Platform { get; }

    public FaultProxy Network { get; }

    public MediaBuffer Buffer { get; }

    public UplinkSession Uplink { get; }

    public Camera Camera { get; }

    public UplinkWatch Watch { get; }

    /// <summary>What the uplink has said of its clips, oldest first.</summary>
    public IReadOnlyList<EventClipReport> Clips => [.. _clips];

    /// <summary>What the platform had counted when all was delivered, over the last connection.</summary>
    public DeviceCounters Counters { get; private set; }

    /// <summary>How well the last connection kept to the specification.</summary>
    public StreamAuditReport Audit { get; private set; }

    /// <summary>Sets all up and logs in.</summary>
    public static async Task<Scene> StartAsync(
        SourceClip source, GatewayPlan plan, Func<UplinkOptions, UplinkOptions>? configure = null, MediaBufferOptions? bufferOptions = null,
        TimeSpan? pingSpan = null, bool eventsOnly = false)
    {
        var time = new ScaledTimeProvider(Speed);
        LocalPlatform platform = await LocalPlatform.StartAsync(plan, time, pingSpan ?? TimeSpan.FromSeconds(60), PatientTimeout, eventsOnly);
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
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var scene = new Scene(time, source, platform, network, buffer, uplink, new Camera(buffer, source, time, patience.Token), patience);
        uplink.Start();
        await scene.Watch.UntilAsync(UplinkState.Online);
        await scene.NextAsync(GatewayNoticeKind.LoggedIn);
        return scene;
    }

    /// <summary>The platform's next notice of a kind.</summary>
    public Task<GatewayNotice> NextAsync(GatewayNoticeKind kind) => Platform.NextAsync(kind).WaitAsync(_patience.Token);

    /// <summary>Reports an event at two moments of the camera's clock.</summary>
    public void Event(double from, double to, DeviceEventType type = DeviceEventType.Motion)
    {
        ReportAt(from, started: true, type);
        ReportAt(to, started: false, type);
    }

    /// <summary>A viewer starts to watch, and the device has heard of it before the camera goes on.</summary>
    public void ViewerStarts(double second) => Camera.At(second, () => TellAsync(() => Platform.Device.StartViewerAsync("app")));

    /// <summary>The viewer leaves, and the device has heard of it before the camera goes on.</summary>
    public void ViewerEnds(double second) => Camera.At(second, () => TellAsync(() => Platform.Device.StopViewerAsync("app")));

    /// <summary>The platform gives another plan, and the device has heard of it before the camera goes on.</summary>
    public void PlanChanges(double second, GatewayPlan plan) => Camera.At(second, async () =>
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChange(DevicePlan _) => heard.TrySetResult();
        Uplink.PlanChanged += OnChange;
        await Platform.Device.SetPlanAsync(plan);
        await heard.Task.WaitAsync(_patience.Token);
        Uplink.PlanChanged -= OnChange;
    });

    /// <summary>The camera stands still until the platform has all that was captured.</summary>
    public void AllArrivesBefore(double second) => Camera.At(second, async () => Assert.True(await Uplink.DrainAsync(_patience.Token)));

    /// <summary>The camera stands still until the platform has a picture.</summary>
    public void MediaArrivesBefore(double second) => Camera.At(second, async () =>
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), Time);
        while (Platform.Device.Counters.VideoPackages == 0)
        {
            await tick.WaitForNextTickAsync(_patience.Token);
        }
    });

    /// <summary>Waits for delivery, stops the uplink and the platform, and gives what was recorded, oldest first.</summary>
    public async Task<RecordedClip[]> FinishAsync()
    {
        Assert.True(await Uplink.DrainAsync(_patience.Token));
        Counters = Platform.Device.Counters;
        Audit = Platform.Device.Audit;
        await Uplink.StopAsync();
        return [.. await Task.WhenAll((await Platform.FinishRecordingsAsync()).Select(path => RecordedClip.ReadAsync(path, Source)))];
    }

    public async ValueTask DisposeAsync()
    {
        await Uplink.DisposeAsync();
        await Network.DisposeAsync();
        await Platform.DisposeAsync();
        Time.Dispose();
        _patience.Dispose();
    }

    private async Task TellAsync(Func<Task> tell)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnCommand(AppCommand _) => heard.TrySetResult();
        Uplink.AppCommandReceived += OnCommand;
        await tell();
        await heard.Task.WaitAsync(_patience.Token);
        Uplink.AppCommandReceived -= OnCommand;
    }

    private void ReportAt(double second, bool started, DeviceEventType type) =>
        Camera.At(second, () => Assert.True(Uplink.TryReportEvent(type, started, Camera.TimeOf(TimeSpan.FromSeconds(second)))));
}
