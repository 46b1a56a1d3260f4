using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>A camera whose encoder knows no pause, and its uplink. A picture takes a millisecond of its clock, so that a full buffer is about a second of media.</summary>
internal sealed class Channel
{
    /// <summary>From key frame to key frame.</summary>
    public const int PicturesOfGop = 25;

    private readonly byte[] _key;
    private readonly byte[] _picture;
    private readonly MediaTrack _video;
    private readonly UplinkSession _session;
    private long _number;

    public Channel(IUplinkConnector connector, HedgwEndpoint endpoint, int keyFrameBytes, int pictureBytes, int capacityBytes)
    {
        _key = CodedVideo.KeyFrame(keyFrameBytes);
        _picture = CodedVideo.Picture(pictureBytes);
        Buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = capacityBytes });
        _video = MediaTrack.AddVideo(Buffer, VideoCodec.H264);
        UplinkOptions options = new() { Credentials = Credentials, CatchUpRate = double.PositiveInfinity };
        _session = new UplinkSession(options, Buffer, connector, new FixedEndpoints(endpoint));
    }

    private static DeviceCredentials Credentials { get; } = new()
    {
        AccessKey = "vendor",
        AccessSecret = "secret",
        UserName = "13800000000",
        DeviceToken = "token",
        UnifiedId = "unified",
        DeviceMac = "A1B2C3D4E5F6",
    };

    public MediaBuffer Buffer { get; }

    /// <summary>Returns when the platform has accepted the login.</summary>
    public void Start()
    {
        _session.Start();
        SpinWait.SpinUntil(() => _session.State == UplinkState.Online);
    }

    /// <summary>The encoder's next picture.</summary>
    public WriteResult Write()
    {
        byte[] accessUnit = _number % PicturesOfGop == 0 ? _key : _picture;
        return _video.TryWrite(accessUnit, TimeSpan.FromMilliseconds(_number++));
    }

    public void Stop()
    {
        ValueTask end = _session.DisposeAsync();
        end.AsTask().GetAwaiter().GetResult();
    }
}
