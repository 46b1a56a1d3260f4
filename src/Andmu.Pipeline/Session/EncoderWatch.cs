using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>Looks at what one connection does to the stream, and tells the host's encoder what would help: <see cref="EncoderLoop"/> decides, this measures and
/// acts.</summary>
/// <remarks>Looked at by the send loop, after each flush and when it has nothing to do, and by a timer of its own while a flush is blocked.</remarks>
internal sealed class EncoderWatch
{
    private readonly Lock _lock = new();
    private readonly UplinkSession _session;
    private readonly IUplinkConnection _connection;
    private readonly EncoderLoop _encoder;
    private readonly UploadFeed _feed;
    private readonly UplinkClock _clock;
    private readonly ITimer _timer;
    private long _audioBytes;
    private volatile bool _flushing;

    public EncoderWatch(UplinkSession session, IUplinkConnection connection, UplinkParts parts)
    {
        _session = session;
        _connection = connection;
        _encoder = parts.Encoder;
        _feed = parts.Feed;
        _clock = parts.Clock;
        _timer = _clock.TimeProvider.CreateTimer(
            static state => ((EncoderWatch)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The connection is up.</summary>
    public void Start()
    {
        _encoder.OnConnected(_clock.Now);
        Look();
    }

    /// <summary>An entry is going to be written: sound has its share of the link, and its bit rate is nobody's to change.</summary>
    public void OnWriting(in MediaEntry entry)
    {
        if (entry.PackageType == PackageType.Audio)
        {
            Interlocked.Add(ref _audioBytes, entry.Length);
        }
    }

    /// <summary>A flush has begun: until <see cref="OnFlushed"/> it may be blocked.</summary>
    public void OnFlushing() => _flushing = true;

    public void OnFlushed() => _flushing = false;

    /// <summary>Looks, and tells the host what there is to tell.</summary>
    public void Look()
    {
        EncoderLoop.Verdict verdict;
        lock (_lock)
        {
            verdict = Judge();
        }

        if (verdict.Next is { } next)
        {
            _timer.Change(next, Timeout.InfiniteTimeSpan);
        }

        if (verdict.KeyFrame)
        {
            _session.OnKeyFrameNeeded();
        }

        if (verdict.Bitrate is { } bitrate)
        {
            _session.OnBitrateAdvised(bitrate);
        }
    }

    /// <summary>Ends it; when this completes, its timer does not run any more.</summary>
    public ValueTask StopAsync() => _timer.DisposeAsync();

    private EncoderLoop.Verdict Judge()
    {
        if (_feed.NeedsKeyFrame)
        {
            _encoder.Want(KeyFrameReason.NothingToStartFrom);
        }

        if (_feed.Mode != UploadMode.Idle && _session.TakeEventInMidGop())
        {
            _encoder.Want(KeyFrameReason.EventInMidGop);
        }

        long delivered = _encoder.Measures ? _connection.BytesAcknowledged ?? _connection.BytesSent : 0; // a call of the kernel
        var sample = new SendSample(_clock.Now, delivered, Interlocked.Read(ref _audioBytes), _feed.Backlog, _feed.IsCatchingUp);
        return _encoder.Look(sample, _flushing, _session.NewestGop, !_session.WritersWait);
    }
}
