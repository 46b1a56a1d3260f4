using System.Threading.Channels;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>An uplink with everything around it in memory: encoder, connector, platform, time, chance, log.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string AccessSecret = "canary-access-secret";
    public const string DeviceToken = "canary-device-token";

    private readonly Channel<UplinkStateChange> _states = Channel.CreateUnbounded<UplinkStateChange>();
    private int _number;

    public Rig(
        Func<UplinkOptions, UplinkOptions>? configure = null, MediaBufferOptions? bufferOptions = null, Random? random = null, IEndpointSource? endpoints = null)
    {
        Buffer = new MediaBuffer(bufferOptions ?? new MediaBufferOptions { CapacityBytes = 1024 * 1024 }, Time);
        Video = MediaTrack.AddVideo(Buffer, VideoCodec.H264);
        Audio = MediaTrack.AddAudio(Buffer);
        var options = new UplinkOptions { Credentials = Credentials, CatchUpRate = double.PositiveInfinity }; // time stands still here, unless a test moves it
        Session = new UplinkSession(
            configure?.Invoke(options) ?? options,
            Buffer,
            Connector,
            endpoints ?? new FixedEndpoints(new HedgwEndpoint("gateway.test", 1)),
            random ?? new NoWait(),
            Log);
        Session.StateChanged += change => _states.Writer.TryWrite(change);
    }

    public static DeviceCredentials Credentials { get; } = new()
    {
        AccessKey = "vendor",
        AccessSecret = AccessSecret,
        UserName = "13800000000",
        DeviceToken = DeviceToken,
        UnifiedId = "unified",
        DeviceMac = "A1B2C3D4E5F6",
    };

    public SignallingTime Time { get; } = new();

    public MediaBuffer Buffer { get; }

    public MediaTrack Video { get; }

    public MediaTrack Audio { get; }

    public FakeConnector Connector { get; } = new();

    public CanaryLogger Log { get; } = new();

    public UplinkSession Session { get; }

    /// <summary>Jitter that draws no wait at all: a reconnect is at once, but for the waits that are promised.</summary>
    private sealed class NoWait : Random
    {
        public override double NextDouble() => 0;
    }

    public TimeSpan Pts => TimeSpan.FromMilliseconds(_number * 40);

    public async Task<FakePlatform> ConnectAsync()
    {
        if (Session.State == UplinkState.New)
        {
            Session.Start();
        }

        return await Connector.NextAsync();
    }

    /// <summary>Lets the device connect and log in.</summary>
    public async Task<FakePlatform> GoOnlineAsync(DevicePlan? plan = DevicePlan.Cloud, uint? pingSpan = 30, string? serverTime = null)
    {
        FakePlatform platform = await ConnectAsync();
        await platform.AnswerLoginAsync(0, plan, pingSpan, serverTime);
        await StateAsync(UplinkState.Online);
        return platform;
    }

    /// <summary>Waits for the next change to a state; those before it are passed over.</summary>
    public async Task<UplinkStateChange> StateAsync(UplinkState state)
    {
        while (true)
        {
            UplinkStateChange change = await _states.Reader.ReadAsync();
            if (change.State == state)
            {
                return change;
            }
        }
    }

    public async Task<UplinkFault> WaitingAsync() => (await StateAsync(UplinkState.Waiting)).Fault!;

    /// <summary>Writes GOPs of one key frame and pictures, numbered on.</summary>
    public void WriteGops(int gops, int pictures = 5, int bytes = 50)
    {
        for (int i = 0; i < gops * pictures; i++)
        {
            byte[] unit = i % pictures == 0 ? H264.Key(_number, bytes * 4) : H264.Picture(_number, bytes);
            Assert.Equal(WriteResult.Written, Video.TryWrite(unit, Pts));
            _number++;
        }
    }

    public void WritePicture() => Assert.Equal(WriteResult.Written, Video.TryWrite(H264.Picture(_number), TimeSpan.FromMilliseconds(_number++ * 40)));

    public async ValueTask DisposeAsync()
    {
        ValueTask end = Session.DisposeAsync();
        foreach (FakeConnection connection in Connector.Made)
        {
            connection.Abort(); // nobody is left to close it in order
        }

        await end;
    }
}
