using Andmu.Pipeline.Device.Startup;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Device.Tests;

public sealed class EventTests : IAsyncDisposable
{
    private readonly World _world = new();
    private readonly List<EventClipReport> _clips = [];

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task TryReportEvent_WithoutATime_HasThePlatformsTime()
    {
        DateTimeOffset server = VirtualTime.Epoch.AddMinutes(4);
        _world.Gateway.Script(FakeGateway.AcceptedAt(server));
        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: true));
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: false, VirtualTime.Epoch));

        await _world.Gateway.WhenAsync(static gateway => gateway.Events.Count == 2);
        Assert.Equal(
            [(1u, 1u, server), (1u, 0u, VirtualTime.Epoch)],
            _world.Gateway.Events.Select(static report => (report.Type, report.Status, DateTimeOffset.FromUnixTimeMilliseconds((long)report.IpcamTime))));
    }

    [Fact]
    public async Task TryReportEvent_BeforeTheStart_IsReportedWithItsTime()
    {
        DateTimeOffset server = VirtualTime.Epoch.AddMinutes(4);
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Status(System.Net.HttpStatusCode.Unauthorized, server.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)));
        AndmuDevice device = _world.Create();
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: true));
        _world.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: false, VirtualTime.Epoch));

        await World.StartAsync(device);

        await _world.Gateway.WhenAsync(static gateway => gateway.Events.Count == 2);
        Assert.Equal(
            [(1u, server.AddSeconds(-7)), (0u, VirtualTime.Epoch)],
            _world.Gateway.Events.Select(static report => (report.Status, DateTimeOffset.FromUnixTimeMilliseconds((long)report.IpcamTime))));
    }

    [Fact]
    public async Task TryReportEvent_LongBeforeTheRegistration_IsForgotten()
    {
        AndmuDevice device = _world.Create();
        device.TryReportEvent(DeviceEventType.Sound, started: true);
        _world.Time.Advance(_world.Options.Buffer.MaxDuration + TimeSpan.FromMilliseconds(1));
        device.TryReportEvent(DeviceEventType.Motion, started: true);

        await World.StartAsync(device);
        await device.DrainAsync().WaitAsync(Signal.Patience);

        Assert.Equal((uint)DeviceEventType.Motion, Assert.Single(_world.Gateway.Events).Type);
    }

    [Fact]
    public void TryReportEvent_TooManyBeforeTheStart_IsFalseUntilTheOldestAreForgotten()
    {
        AndmuDevice device = _world.Create();
        int taken = 0;
        while (device.TryReportEvent(DeviceEventType.Motion, started: taken % 2 == 0) && taken < 1000)
        {
            taken++;
        }

        Assert.Equal(32, taken);
        _world.Time.Advance(_world.Options.Buffer.MaxDuration + TimeSpan.FromMilliseconds(1));
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClipFinished_EventBeforeOrAfterTheStart_SaysWhatTheOptionsAskFor(bool early)
    {
        _world.Gateway.Script(FakeGateway.AcceptedOn(DevicePlan.Event));
        AndmuDevice device = _world.Create(_world.Options with
        {
            EventRecording = new EventRecordingOptions { PreRoll = TimeSpan.FromSeconds(4), PostRoll = TimeSpan.FromSeconds(12) },
            CatchUpRate = double.PositiveInfinity,
        });
        device.ClipFinished += _clips.Add;
        Write(device, from: 0, to: 6);
        if (!early)
        {
            await World.StartAsync(device);
            await _world.OnlineAsync();
        }

        Report(device, started: true, 6);
        if (early)
        {
            await World.StartAsync(device);
            await _world.OnlineAsync();
        }

        Write(device, from: 7, to: 7);
        Report(device, started: false, 7);
        Write(device, from: 8, to: 30);
        Assert.True(await device.DrainAsync().WaitAsync(Signal.Patience));

        EventClipReport clip = Assert.Single(_clips);
        Assert.Equal((true, At(6), 4, 12), (clip.IsWhole, clip.EventTime, clip.PreRoll.TotalSeconds, clip.PostRoll.TotalSeconds));
        Assert.Equal(2 * (1 + 19 - 2), _world.Gateway.Media.Count); // parameter sets and a key frame for every second from 2 to 19
    }

    [Fact]
    public async Task ClipFinished_HandlerThrows_IsLoggedAndChangesNothing()
    {
        _world.Gateway.Script(FakeGateway.AcceptedOn(DevicePlan.Event));
        AndmuDevice device = _world.Create();
        device.ClipFinished += static _ => throw new InvalidOperationException("the host's own");
        await World.StartAsync(device);
        await _world.OnlineAsync();
        Report(device, started: true, 0);

        device.IsOn = false;

        Assert.Contains(_world.Log.Lines, static line => line.Text.Contains("the host's own", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfTheUpload_ReachTheUplink()
    {
        AndmuDeviceOptions options = _world.Options with { EventRecording = new(), Congestion = new(), CatchUpRate = 2 };

        UplinkOptions uplink = UplinkSettings.Of(options, new KeptRegistration("Zhejian", "110234567894562", "1", "f", "token", "u"));

        Assert.Same(options.EventRecording, uplink.EventRecording);
        Assert.Same(options.Congestion, uplink.Congestion);
        Assert.Equal(2, uplink.CatchUpRate);
    }

    private static DateTimeOffset At(int second) => VirtualTime.Epoch.AddSeconds(second);

    private static void Report(AndmuDevice device, bool started, int second) => Assert.True(device.TryReportEvent(DeviceEventType.Motion, started, At(second)));

    /// <summary>A key frame a second, captured in media time.</summary>
    private static void Write(AndmuDevice device, int from, int to)
    {
        for (int second = from; second <= to; second++)
        {
            Assert.Equal(WriteResult.Written, device.Video.TryWrite(Picture.Key, TimeSpan.FromSeconds(second), At(second)));
        }
    }
}
