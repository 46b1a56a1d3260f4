using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// Decides what of one device and channel is recorded, over all its connections: everything, but on the event plan only what an
/// event caused (control_flag 1, specification 5.2.3). Safe for any thread.
/// </summary>
internal sealed class DeviceRecorder(RecorderContext context, string deviceId, int channel) : IDisposable
{
    private const uint ByEvent = 1;
    private const uint ByViewer = 2;
    private const int ALaw = 2;

    private readonly Lock _gate = new();
    private readonly ViewerCache _watched = new();
    private StreamRecorder? _stream;
    private long _lastMedia = context.Time.GetTimestamp();
    private bool _finished = true;
    private bool _audioProblemTold;
    private bool _isUnderWay; // without flags, as sent before the device has heard of the event plan

    public void Add(TDMediaPackage package, DevicePlan plan, DeviceLogin login)
    {
        uint? flag = package.HasControlFlag ? package.ControlFlag : null;
        lock (_gate)
        {
            if (flag == ByViewer)
            {
                _watched.Add(package);
            }

            if (IsRecorded(flag, plan))
            {
                _lastMedia = context.Time.GetTimestamp();
                _finished = false;
                StreamRecorder stream = StreamFor(login);
                AddWatched(stream, package);
                stream.Add(package);
            }
        }
    }

    /// <summary>How long nothing was recorded.</summary>
    public TimeSpan Idle
    {
        get
        {
            lock (_gate)
            {
                return context.Time.GetElapsedTime(_lastMedia);
            }
        }
    }

    /// <summary>Finishes the file, if there is one.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (!_finished)
            {
                _finished = true;
                _stream?.Finish();
            }
        }
    }

    /// <summary>A new connection: recording that stopped for want of room is tried again.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _stream?.Resume();
            _isUnderWay = false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Finish();
            _stream?.Dispose();
            _stream = null;
        }
    }

    private bool IsRecorded(uint? flag, DevicePlan plan)
    {
        _isUnderWay = flag is null && (_isUnderWay || plan != DevicePlan.Event);
        return flag == ByEvent || _isUnderWay;
    }

    // The sets are taken in at once; whether the device goes on or back shows in the first package with a number.
    private void AddWatched(StreamRecorder stream, TDMediaPackage first)
    {
        if (_watched.IsEmpty || first.PackageType == PackageType.ParameterSets)
        {
            return;
        }

        if (!_watched.IsContinuedBy(first))
        {
            _watched.Clear();
            return;
        }

        foreach (TDMediaPackage package in _watched.Take())
        {
            stream.Add(package);
        }
    }

    private StreamRecorder StreamFor(DeviceLogin login)
    {
        VideoCodec codec = login.VideoType == 2 ? VideoCodec.H265 : VideoCodec.H264;
        bool withAudio = login is { AudioType: ALaw, AudioKilohertz: 8, AudioChannels: 1 };
        if (!withAudio && !_audioProblemTold)
        {
            _audioProblemTold = true;
            context.Notices.Post(
                GatewayNoticeKind.RecordingProblem, deviceId, "audio is not recorded: only G.711 A-law, 8 kHz, one channel is");
        }

        if (_stream is { } stream && stream.Codec == codec && stream.WithAudio == withAudio)
        {
            return stream;
        }

        _stream?.Finish();
        _stream?.Dispose();
        return _stream = new StreamRecorder(context, deviceId, channel, codec, withAudio);
    }
}
