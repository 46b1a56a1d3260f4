using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>What an uplink has done since it was made. Thread-safe; allocates nothing.</summary>
internal sealed class UplinkCounters(MediaBuffer buffer, MediaCursor cursor, UploadFeed feed, ViewerSet viewers)
{
    private readonly Lock _lock = new();
    private long _highest = MediaBuffer.None;
    private MediaTotals _sent;
    private MediaTotals _resent;
    private MediaTotals _kept;
    private MediaTotals _backlogSent;
    private long _bytesSent;
    private long _bytesSentBefore; // over earlier connections
    private long _packetsReceived;
    private int _logins;
    private int _clips;
    private int _shortClips;
    private ClipTotals _clipOutcomes;
    private TimeSpan _clipShortfall;
    private long _flushes;
    private long _latencyMs;
    private int _keyFramesAsked;
    private int _advisedBitrate;

    public UplinkStatistics Snapshot()
    {
        lock (_lock)
        {
            return new UplinkStatistics
            {
                Mode = feed.Mode,
                Viewers = viewers.Count,
                Captured = buffer.Written,
                Sent = _sent,
                Resent = _resent,
                Kept = _kept,
                BacklogSent = _backlogSent,
                Dropped = buffer.Drops.Total,
                BytesSent = _bytesSentBefore + _bytesSent,
                PacketsReceived = Interlocked.Read(ref _packetsReceived),
                Logins = _logins,
                Fill = cursor.Fill,
                Clips = _clips,
                ShortClips = _shortClips,
                ClipOutcomes = _clipOutcomes,
                ClipShortfall = _clipShortfall,
                Flushes = _flushes,
                SendLatency = TimeSpan.FromMilliseconds(_latencyMs),
                KeyFramesAsked = _keyFramesAsked,
                AdvisedBitrate = _advisedBitrate,
            };
        }
    }

    public void OnLogin()
    {
        lock (_lock)
        {
            _logins++;
            _bytesSentBefore += _bytesSent;
            _bytesSent = 0;
        }
    }

    /// <summary>One entry went to a connection: for the first time, or again after a reconnect.</summary>
    public void OnWritten(in MediaEntry entry, long position)
    {
        lock (_lock)
        {
            if (position > _highest)
            {
                _highest = position;
                _sent += entry.Own;
            }
            else
            {
                _resent += entry.Own;
            }
        }
    }

    /// <summary>One entry went to the store of the backlog, because there was no connection.</summary>
    public void OnKept(in MediaEntry entry)
    {
        lock (_lock)
        {
            _kept += entry.Own;
        }
    }

    /// <summary>One package of the backlog went to its connection.</summary>
    public void OnBacklogSent(in MediaPackageHeader header, int length)
    {
        MediaTotals own = header.PackageType switch
        {
            PackageType.Video => new MediaTotals(1, 0, header.IsKeyFrame ? 1 : 0, length),
            PackageType.Audio => new MediaTotals(0, 1, 0, length),
            _ => new MediaTotals(0, 0, 0, length),
        };
        lock (_lock)
        {
            _backlogSent += own;
        }
    }

    /// <param name="latencyMs">How long the oldest package of a batch has taken, ms.</param>
    public void OnBatchSent(long latencyMs)
    {
        lock (_lock)
        {
            _flushes++;
            _latencyMs += latencyMs;
        }
    }

    public void OnKeyFrameAsked()
    {
        lock (_lock)
        {
            _keyFramesAsked++;
        }
    }

    public void OnBitrateAdvised(int bitrate)
    {
        lock (_lock)
        {
            _advisedBitrate = bitrate;
        }
    }

    /// <param name="bytes">In all over this connection.</param>
    public void OnBytesSent(long bytes)
    {
        lock (_lock)
        {
            _bytesSent = bytes;
        }
    }

    public void OnClip(in EventClipReport report)
    {
        lock (_lock)
        {
            _clips++;
            _shortClips += report.IsWhole ? 0 : 1;
            _clipOutcomes = _clipOutcomes.Plus(report.Outcome);
            _clipShortfall += report.MissingPreRoll + report.MissingPostRoll;
        }
    }

    public void OnPacketReceived() => Interlocked.Increment(ref _packetsReceived);
}
