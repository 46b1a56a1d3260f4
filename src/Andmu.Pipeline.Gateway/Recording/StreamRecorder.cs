using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.Hosting;
using Andmu.Pipeline.Gateway.Recording.Mp4;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// Turns the packages of one device and channel into files, a GOP at a time. A file goes on over reconnects; a new one begins when
/// the parameter sets change or the media clock jumps. Not safe for more than one thread at a time.
/// </summary>
internal sealed class StreamRecorder : IDisposable
{
    // A longer gap is a new recording: a device that was away.
    private const long MaxGapMs = 10_000;

    // On the event plan (packages with a control_flag) it is the pause between two events; a dropped GOP is shorter.
    private const long MaxClipGapMs = 3000;

    // How far audio may be apart from the picture it belongs to.
    private const long AudioSkewMs = 2000;

    private readonly RecorderContext _context;
    private readonly string _deviceId;
    private readonly int _channel;
    private readonly bool _withAudio;
    private readonly ParameterSetCache _sets;
    private readonly SeenPackages _seenVideo = new();
    private readonly SeenPackages _seenAudio = new();
    private readonly MediaClock _clock = new();
    private readonly AudioQueue _audioQueue = new();
    private readonly Gop _gop;

    private OpenRecording? _recording;
    private VideoSampleEntry? _entry;
    private int _entryVersion;
    private PackageIdentity _gopKey;
    private DateTimeOffset _gopTakenAt;
    private long _gopStart;
    private long _lastTime;
    private int _gopNumber;
    private bool _collecting;
    private bool _behind;
    private bool _setsMissingTold;
    private bool _stopped;

    public StreamRecorder(RecorderContext context, string deviceId, int channel, VideoCodec codec, bool withAudio)
    {
        _context = context;
        _deviceId = deviceId;
        _channel = channel;
        _withAudio = withAudio;
        _sets = new ParameterSetCache(codec);
        _gop = new Gop(context.Memory);
    }

    public VideoCodec Codec => _sets.Codec;

    public bool WithAudio => _withAudio;

    /// <summary>Why recording stopped: what a file did not take.</summary>
    public Exception? Fault { get; private set; }

    public void Add(TDMediaPackage package)
    {
        if (_stopped)
        {
            return;
        }

        switch (package.PackageType)
        {
            case PackageType.ParameterSets:
                OfferSets(package.Data.Span);
                break;
            case PackageType.Audio when _withAudio:
                AddAudio(package);
                break;
            case PackageType.Video:
                AddVideo(package);
                break;
            default:
                break;
        }
    }

    /// <summary>Writes what there is and finishes the file. The last GOP may be recorded again, whole, if the device sends it again.</summary>
    public void Finish()
    {
        Flush(nextKeyFrame: null, audioEnd: _lastTime + AudioSkewMs, closing: true);
        Close();
        _collecting = false;
        _stopped = false;
        _seenVideo.ForgetSinceMark();
        _seenAudio.ForgetSinceMark();
    }

    public void Resume() => _stopped = false;

    public void Dispose()
    {
        _recording?.Dispose();
        _gop.Dispose();
    }

    private void OfferSets(ReadOnlySpan<byte> annexB)
    {
        var reader = new AnnexBReader(annexB);
        while (reader.TryRead(out ReadOnlySpan<byte> nalUnit))
        {
            _sets.Offer(nalUnit);
        }
    }

    private void AddAudio(TDMediaPackage package)
    {
        PackageIdentity identity = PackageIdentity.Of(package);
        if (!_seenAudio.Contains(identity))
        {
            _seenAudio.Add(identity);
            _audioQueue.Add(package.StartTime, _gopNumber, package.Data.Memory);
        }
    }

    private void AddVideo(TDMediaPackage package)
    {
        PackageIdentity identity = PackageIdentity.Of(package);
        bool isKeyFrame = package.Sync == 1;
        if (_seenVideo.Contains(identity))
        {
            // Sent again. After an older key frame than the GOP's own, what is new belongs to a GOP that is written already.
            _behind = isKeyFrame ? identity != _gopKey : _behind;
        }
        else if (isKeyFrame)
        {
            StartGop(package, identity);
        }
        else if (_collecting && !_behind)
        {
            ContinueGop(package, identity);
        }
    }

    private void StartGop(TDMediaPackage package, in PackageIdentity identity)
    {
        ReadOnlySpan<byte> accessUnit = package.Data.Span;
        OfferSets(accessUnit);
        long time = _clock.Peek(package.StartTime);
        long maxGap = package.HasControlFlag ? MaxClipGapMs : MaxGapMs;
        bool jumps = _gopNumber > 0 && (time <= _gopStart || time - _lastTime > maxGap);
        bool changes = _sets.Version != _entryVersion;
        bool closing = jumps || changes;
        Flush(closing || !RandomAccess.ClosesGop(Codec, accessUnit) ? null : time, jumps ? _lastTime + AudioSkewMs : time, closing);
        if (closing)
        {
            Close();
        }

        if (changes)
        {
            _entry = ConfigurationOf(_sets);
            _entryVersion = _sets.Version;
        }

        _gopStart = _lastTime = jumps ? _clock.Restart(package.StartTime) : _clock.Advance(package.StartTime);
        _gopKey = identity;
        _gopTakenAt = TakenAt(package);
        _gopNumber++;
        _behind = false;
        _collecting = _entry is not null;
        if (_collecting)
        {
            _seenVideo.Mark();
            _seenAudio.Mark();
            Collect(package, identity, _gopStart);
        }
        else if (!_setsMissingTold)
        {
            _setsMissingTold = true;
            _context.Notices.Post(
                GatewayNoticeKind.RecordingProblem, _deviceId, "nothing is recorded: no usable parameter sets came before a key frame");
        }
    }

    private void ContinueGop(TDMediaPackage package, in PackageIdentity identity)
    {
        long time = _clock.Peek(package.StartTime);
        if (time - _lastTime > MaxGapMs || time < _gopStart - MaxGapMs)
        {
            // The clock jumped within a GOP: nothing of it can be placed until the next key frame.
            _collecting = false;
            return;
        }

        _clock.Advance(package.StartTime);
        _lastTime = Math.Max(_lastTime, time);
        Collect(package, identity, time);
        if (_gop.IsFull)
        {
            Flush(nextKeyFrame: null, audioEnd: _lastTime, closing: false);
        }
    }

    private void Collect(TDMediaPackage package, in PackageIdentity identity, long time)
    {
        _seenVideo.Add(identity);
        _gop.Add(time, package.Sync == 1, package.Data.Span, _sets);
    }

    private void Flush(long? nextKeyFrame, long audioEnd, bool closing)
    {
        if (_stopped || (_gop.Samples.Count == 0 && _recording?.Audio is null))
        {
            return;
        }

        try
        {
            if (_gop.Samples.Count > 0)
            {
                OpenFor(audioEnd);
            }

            TakeAudio(audioEnd);
            if (closing)
            {
                _recording!.Audio?.Flush();
            }

            _recording!.Write(_gop, nextKeyFrame);
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            Stop(e);
        }

        _gop.Clear();
    }

    private void OpenFor(long audioEnd)
    {
        bool hasAudio = _audioQueue.Has(time => IsWithin(time, _gopStart, audioEnd));
        if (_recording is { Audio: null } && hasAudio)
        {
            // A track cannot be added to a file that is there: the first sound begins a new one.
            Close();
        }

        _recording ??= new OpenRecording(_context, _deviceId, _channel, _entry!, hasAudio, _gopTakenAt, _gop);
    }

    private void TakeAudio(long audioEnd)
    {
        if (_recording!.Audio is not { } track)
        {
            _audioQueue.Take(_gopNumber, static _ => false);
            return;
        }

        long start = Math.Max(_recording.Start, _gopStart - AudioSkewMs);
        foreach (AudioQueue.Pack pack in _audioQueue.Take(_gopNumber, time => IsWithin(time, start, audioEnd)))
        {
            long position = (_clock.Peek(pack.StartTime) - _recording.Start) * Mp4Tracks.AudioTimescale / Mp4Tracks.VideoTimescale;
            track.Add(position, pack.ALaw.Span);
        }
    }

    private bool IsWithin(uint startTime, long start, long end)
    {
        long time = _clock.Peek(startTime);
        return time >= start && time < end;
    }

    private void Close()
    {
        if (_recording is not { } recording)
        {
            return;
        }

        _recording = null;
        try
        {
            recording.Finish();
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            _context.Notices.Post(
                GatewayNoticeKind.RecordingProblem, _deviceId, $"{recording.Path} plays, but has no index: {e.Message}");
        }
        finally
        {
            recording.Dispose();
        }
    }

    private void Stop(Exception e)
    {
        _stopped = true;
        Fault = e;
        _collecting = false;
        string file = _recording is { } recording && recording.Abandon() ? $" {recording.Path} plays up to its last whole GOP." : "";
        _recording = null;
        _context.Notices.Post(
            GatewayNoticeKind.RecordingProblem, _deviceId,
            $"recording stopped: {e.Message}{file} Make room; the next recording starts after the next pause or login.");
    }

    private DateTimeOffset TakenAt(TDMediaPackage package)
    {
        DateTimeOffset now = _context.Time.GetUtcNow();
        return package.IpcamTime == 0 ? now : UnixTime.FromMilliseconds(package.IpcamTime, now);
    }

    private static VideoSampleEntry? ConfigurationOf(ParameterSetCache sets)
    {
        if (!sets.IsComplete || sets.Format is not { } format)
        {
            return null;
        }

        byte[]? record = sets.Codec == VideoCodec.H265 ? HevcConfiguration.TryCreate(sets) : AvcConfiguration.TryCreate(sets);
        return record is null ? null : new VideoSampleEntry(sets.Codec, format.Width, format.Height, record);
    }
}
