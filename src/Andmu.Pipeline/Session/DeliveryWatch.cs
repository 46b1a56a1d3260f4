using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>Follows what has arrived of one connection's media, asks for proof where somebody waits for it, and tells whom it concerns: the clips, the messages
/// that were sent, the store that has the same, and the writers that wait for room. <see cref="DeliveryLog"/> holds what is known.</summary>
/// <remarks>Thread-safe: the send loop, the receive loop, the heartbeat's timer and hosts that wait for delivery meet here.</remarks>
internal sealed class DeliveryWatch(IUplinkConnection connection, UplinkParts parts, TimeSpan replayWindow)
{
    private readonly Lock _lock = new();
    private readonly DeliveryLog _log = new(replayWindow);
    private uint _pingId;
    private bool _proofOutstanding; // a Ping went out behind everything, to learn whether it has arrived

    /// <summary>The connection starts to send where the feed stands.</summary>
    public void Start() => _log.Restart(parts.Feed.Mark);

    /// <summary>What may not have arrived starts here.</summary>
    /// <param name="hung">Whether the platform showed no sign of life: then its TCP proves nothing.</param>
    public MediaMark ResumeMark(bool hung)
    {
        lock (_lock)
        {
            return hung ? _log.Read : _log.Arrived;
        }
    }

    /// <summary>Whether the platform has read everything before <paramref name="end"/> and every message, and the host was told of every clip in it. Once all of it
    /// is sent, a Ping goes after it to find out.</summary>
    public bool Check(long end)
    {
        bool isRead;
        lock (_lock)
        {
            isRead = _log.Read.Position >= end && parts.Outbox.IsEmpty;
            if (!isRead && parts.Cursor.Reached >= end)
            {
                AskForProof();
            }
        }

        Acknowledge(); // after that look: the clips in what was read are taken by now, by this thread or by the one that tells the host of them just now
        return isRead && !parts.Clips.IsReporting;
    }

    /// <summary>The feed was set back, and what was sent is going to be sent again.</summary>
    public void OnRewound()
    {
        lock (_lock)
        {
            _log.OnRewound(parts.Feed.Mark);
        }
    }

    /// <summary>A Ping is due for the heartbeat's sake. It proves as much as any other.</summary>
    public void PostPing()
    {
        lock (_lock)
        {
            parts.Outbox.PostPing(++_pingId);
        }
    }

    /// <summary>A Ping was written behind all media so far.</summary>
    public void OnPingWritten(uint id)
    {
        lock (_lock)
        {
            _log.OnPing(id, parts.Feed.Mark);
        }
    }

    /// <summary>All that was written is with the network.</summary>
    /// <param name="bytes">Bytes that it has been given in all.</param>
    public void OnFlushed(long bytes)
    {
        parts.Outbox.OnFlushed(bytes);
        lock (_lock)
        {
            _log.OnFlushed(bytes, parts.Feed.Mark, parts.Clock.Now);
        }

        Acknowledge();
    }

    /// <summary>There is nothing to send: the time to ask, if somebody waits.</summary>
    public void OnIdle()
    {
        Retain();
        if (parts.Cursor.IsRoomWanted || parts.Takeover.NeedsProof)
        {
            lock (_lock)
            {
                AskForProof();
            }
        }
    }

    public void OnPong(uint id)
    {
        lock (_lock)
        {
            parts.Outbox.OnRead(_log.OnPong(id));
            _proofOutstanding = false;
        }

        Acknowledge();
        if (parts.Cursor.IsRoomWanted)
        {
            parts.Cursor.Wake(); // not enough yet: once all is sent, the loop asks for the next proof
        }
    }

    /// <summary>Takes in what the peer's TCP has confirmed.</summary>
    public void Acknowledge()
    {
        long arrived;
        lock (_lock)
        {
            if (connection.BytesAcknowledged is { } bytes)
            {
                _log.OnAcknowledged(bytes, parts.Clock.Now);
            }

            arrived = _log.Arrived.Position;
        }

        parts.Clips.OnArrived(arrived);
        parts.Takeover.OnArrived(arrived);
        Retain();
    }

    /// <summary>What a source that waits for room must leave in place: what is to be sent, and what was sent and may have to be sent again.</summary>
    private void Retain()
    {
        long confirmed;
        lock (_lock)
        {
            confirmed = _log.Confirmed.Position;
        }

        bool isNeeded = parts.Feed.Mode != UploadMode.Idle || parts.Clips.UnconfirmedTo > 0;
        long from = isNeeded ? Math.Min(parts.Cursor.Position, confirmed) : long.MaxValue;
        if (parts.Inputs.IsAnythingDue && parts.Clips.TryPeek(out EventClip clip))
        {
            from = Math.Min(from, clip.SentFrom == MediaBuffer.None ? clip.StartPosition : parts.Cursor.Position);
        }

        parts.Cursor.Retain(from);
    }

    /// <summary>A Ping behind everything that is sent: its Pong says that all of it was read. Called under the lock.</summary>
    private void AskForProof()
    {
        if (!_proofOutstanding)
        {
            _proofOutstanding = true;
            parts.Outbox.PostPing(++_pingId);
        }
    }
}
