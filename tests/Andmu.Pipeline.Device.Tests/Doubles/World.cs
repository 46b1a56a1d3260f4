using System.Collections.Concurrent;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>A platform, its gateways, a disk and a clock, and devices that live in it one after the other.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string AccessSecret = "CANARY-access-secret";
    public const string UserToken = "CANARY-user-token";
    public const string UserMobile = "CANARY-13888888888";
    public const string DeviceToken = "CANARY-device-token";
    public const string UnifiedId = "unified-7";

    private readonly List<AndmuDevice> _devices = [];
    private readonly HttpClient _http;
    private readonly Signal _progressed = new();

    public World()
    {
        Platform = new FakePlatform(Time);
        _http = new HttpClient(Platform) { Timeout = Timeout.InfiniteTimeSpan };
        Directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    }

    public VirtualTime Time { get; } = new();

    public FakePlatform Platform { get; }

    public FakeGateway Gateway { get; } = new();

    public RecordingLoggers Log { get; } = new();

    public string Directory { get; }

    public string RegistrationPath => Path.Combine(Directory, "registration.json");

    /// <summary>Every step, with the number of timers that there were when it was taken.</summary>
    public ConcurrentQueue<(DeviceProgress Progress, int Timers)> Progress { get; } = new();

    public IEnumerable<DeviceStep> Steps => Progress.Select(static entry => entry.Progress.Step);

    public IEnumerable<TimeSpan> Pauses => Progress.Select(static entry => entry.Progress.RetryIn).OfType<TimeSpan>();

    public AndmuDeviceOptions Options => new()
    {
        OpenApi = new OpenApiOptions
        {
            Endpoint = new Uri("https://openapi.example"),
            AccessKey = "Zhejian",
            AccessSecret = AccessSecret,
            DeviceId = "110234567894562",
            DeviceMacAddress = "2059a074e0bc",
        },
        UserMobile = UserMobile,
        UserToken = UserToken,
        DeviceModelId = "Zhejian_model",
        FirmwareVersion = "1.2.300",
        CameraAppVersion = "2.15.200",
        StateDirectory = Directory,
    };

    /// <summary>As after a power-on with what the disk holds, for a device that knows nothing of its user any more.</summary>
    public AndmuDeviceOptions RestartOptions => Options with { UserMobile = null, UserToken = null };

    /// <summary>A device out of the box, whose QR codes are a mobile number, a blank and a token.</summary>
    public AndmuDeviceOptions NewOptions => RestartOptions with { QrCodeParser = ReadQrCode };

    public static QrBinding? ReadQrCode(string payload) => payload.Split(' ') is [string mobile, string token] ? new QrBinding(mobile, token) : null;

    public AndmuDevice Create(AndmuDeviceOptions? options = null)
    {
        var device = new AndmuDevice(options ?? Options, Gateway, _http, Time, new HalfRandom(), Log);
        device.Progress += step =>
        {
            Progress.Enqueue((step, Time.Timers));
            _progressed.Set();
        };
        _devices.Add(device);
        return device;
    }

    public async Task<AndmuDevice> StartAsync(AndmuDeviceOptions? options = null)
    {
        AndmuDevice device = Create(options);
        await StartAsync(device);
        return device;
    }

    /// <summary>Starts a device, in bounded time: a start that goes on trying when it should not must fail its test, not hang it.</summary>
    public static Task StartAsync(AndmuDevice device, CancellationToken cancellationToken = default) =>
        device.StartAsync(cancellationToken).WaitAsync(Signal.Patience, CancellationToken.None); // it is the device that must see the token

    /// <summary>How a device ended, in bounded time.</summary>
    public static Task<UplinkFault> EndOf(AndmuDevice device) => device.Completion.WaitAsync(Signal.Patience);

    /// <summary>A device that was online, and is off again.</summary>
    public async Task LiveOnceAsync()
    {
        AndmuDevice device = await StartAsync();
        await OnlineAsync();
        await device.DisposeAsync();
        Progress.Clear();
    }

    public Task WhenAsync(Func<DeviceProgress, bool> step, int times = 1) =>
        _progressed.WhenAsync(() => Progress.Count(entry => step(entry.Progress)) >= times);

    public Task OnlineAsync(int times = 1) => WhenAsync(static step => step.Uplink?.State == UplinkState.Online, times);

    /// <summary>Waits until the uplink pauses for the <paramref name="nth"/> time, then lets the pause pass. Only for worlds where nothing else pauses.</summary>
    public async Task PassUplinkPauseAsync(int nth = 1)
    {
        await WhenAsync(IsWaiting, nth);
        int timers = Progress.Where(static entry => IsWaiting(entry.Progress)).ElementAt(nth - 1).Timers;
        await Time.PassTimerAsync(timers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (AndmuDevice device in _devices)
        {
            await device.DisposeAsync();
        }

        _http.Dispose();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static bool IsWaiting(DeviceProgress step) => step.Uplink?.State == UplinkState.Waiting;
}
