using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>One connection from its login to its end: the two loops, the heartbeat, and what is known of what has arrived.</summary>
/// <remarks>Three threads meet here: the send loop, the receive loop and the heartbeat's timer. A lock guards what they share.</remarks>
internal sealed class LiveConnection : IPacketHandler
{
    private readonly Lock _lock = new();
    private readonly UplinkSession _session;
    private readonly IUplinkConnection _connection;
    private readonly MediaCursor _cursor;
    private readonly UploadFeed _feed;
    private readonly ClipSchedule _clips;
    private readonly UploadInputs _inputs;
    private readonly EncoderLoop _encoder;
    private readonly ControlOutbox _outbox;
    private readonly LiveTakeover _takeover;
    private readonly SendLoop _send;
    private readonly ReceiveLoop _receive;
    private readonly DeliveryLog _delivery;
    private readonly UplinkClock _clock;
    private readonly HeartbeatTimer _heartbeat;
    private readonly ITimer _closeTimer;
    private readonly ITimer _paceTimer;
    private readonly ITimer _lookTimer;
    private UplinkFault? _fault;
    private uint _pingId;
    private readonly SendDelays _delays;
    private long? _oldestOfBatch; // when the oldest package was written that the next flush sends, in ticks
    private bool _floodLogged;
    private bool _unexpectedLogged;
    private int _toldWidth;
    private int _toldHeight;
    private long _audioBytes;
    private volatile bool _flushing;
    private bool _proofOutstanding; // a Ping went out behind everything, to learn whether it has arrived

    public LiveConnection(UplinkSession session, IUplinkConnection connection, LoginResult login, UplinkParts parts)
    {
        _session = session;
        _connection = connection;
        _cursor = parts.Cursor;
        _feed = parts.Feed;
        _clips = parts.Clips;
        _inputs = parts.Inputs;
        _encoder = parts.Encoder;
        _outbox = parts.Outbox;
        _takeover = parts.Takeover;
        _toldWidth = login.Width;
        _toldHeight = login.Height;
        IsBehindHeld = IsHeld;
        _clock = parts.Clock;
        _delivery = new DeliveryLog(session.Options.ReplayWindow);
        _delays = new SendDelays(UplinkMeter.Shared, session.Options.Name);
        _send = new SendLoop(connection, parts.Feed, parts.Outbox, parts.Signal, this);
        _receive = new ReceiveLoop(connection.Input, session.Options.Limits, this);
        _heartbeat = new HeartbeatTimer(login.PingSpan, _clock, PostPing, End);
        _lookTimer = _clock.TimeProvider.CreateTimer(static state => ((LiveConnection)state!).LookAtEncoder(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _paceTimer = _clock.TimeProvider.CreateTimer(static state => ((WakeSignal)state!).Set(), parts.Signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _closeTimer = _clock.TimeProvider.CreateTimer(static state => ((IUplinkConnection)state!).Abort(), connection, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends and receives until the connection ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<UplinkFault> RunAsync()
    {
        _feed.OnConnected(_clock.Now);
        _delivery.Restart(_feed.Mark);
        _encoder.OnConnected(_clock.Now);
        LookAtEncoder();
        _heartbeat.Start();
        Task receive = _receive.RunAsync();
        Task send = _send.RunAsync();
        Task first = await Task.WhenAny(receive, send);
        if (first == receive)
        {
            await EndAsync(receive, UplinkFaultKind.PeerClosed, "The platform closed the connection.");
            _connection.Abort();
            _send.Stop();
            await EndAsync(send, UplinkFaultKind.ConnectionLost, "");
        }
        else
        {
            await EndAsync(send, UplinkFaultKind.Stopped, "The uplink was stopped.");
            if (send.IsCompletedSuccessfully)
            {
                await CloseAsync(receive);
            }

            _connection.Abort();
            await EndAsync(receive, UplinkFaultKind.PeerClosed, "");
        }

        await _heartbeat.StopAsync();
        await _closeTimer.DisposeAsync();
        await _paceTimer.DisposeAsync();
        await _lookTimer.DisposeAsync();
        Acknowledge();
        _feed.OnDisconnected(ResumeMark);
        _outbox.OnDisconnected();
        return _fault!;
    }

    /// <summary>What may not have arrived starts here.</summary>
    private MediaMark ResumeMark
    {
        get
        {
            lock (_lock)
            {
                bool hung = _fault?.Kind == UplinkFaultKind.PeerSilent;
                return hung ? _delivery.Read : _delivery.Arrived;
            }
        }
    }

    /// <summary>Whether the platform has read everything before <paramref name="end"/> and every message. Once all of it is sent, a Ping goes
    /// after it to find out.</summary>
    public bool CheckDelivered(long end)
    {
        Acknowledge();
        lock (_lock)
        {
            if (_delivery.Read.Position >= end && _outbox.IsEmpty)
            {
                return true;
            }

            if (_cursor.Reached >= end)
            {
                AskForProof();
            }

            return false;
        }
    }

    /// <summary>Ends it in order, within the close timeout: a platform that does not read cannot hold up the host.</summary>
    public void Stop()
    {
        _closeTimer.Change(_session.Options.CloseTimeout, Timeout.InfiniteTimeSpan);
        _send.Stop();
    }

    /// <summary>Time on a monotonic clock.</summary>
    public TimeSpan Now => _clock.Now;

    /// <summary>Whether a message that is to come behind the media before a position has to wait: that media is due, and not sent yet.</summary>
    public Func<long, bool> IsBehindHeld { get; }

    /// <summary>An entry is going to be written next.</summary>
    public void OnMediaRead(in MediaEntry entry)
    {
        if (_feed.TakeRewind())
        {
            lock (_lock)
            {
                _delivery.OnRewound(_feed.Mark);
            }
        }

        _takeover.OnSending(_cursor.Position);
        _oldestOfBatch ??= entry.WrittenAt;
        _delays.OnWritten(entry);
        if (entry.PackageType == PackageType.Audio)
        {
            Interlocked.Add(ref _audioBytes, entry.Length);
        }
        else if (entry is { PackageType: PackageType.Video, Width: not 0 } && (entry.Width != _toldWidth || entry.Height != _toldHeight))
        {
            TellResolution(entry.Width, entry.Height);
        }

        _session.Counters.OnWritten(entry, _cursor.Position);
    }

    public void OnPingWritten(uint id)
    {
        lock (_lock)
        {
            _delivery.OnPing(id, _feed.Mark);
        }
    }

    public void OnFlushing() => _flushing = true;

    public void OnFlushed(bool blocked)
    {
        _flushing = false;
        long sent = _connection.BytesSent;
        _outbox.OnFlushed(sent);
        lock (_lock)
        {
            _delivery.OnFlushed(sent, _feed.Mark, _clock.Now);
        }

        if (blocked)
        {
            _heartbeat.OnSignOfLife(); // room in the send buffer comes from the peer's acknowledgements
        }

        Acknowledge();
        _session.Counters.OnBytesSent(sent);
        if (_oldestOfBatch is { } writtenAt)
        {
            _oldestOfBatch = null;
            long now = _session.ElapsedTicks;
            _delays.OnFlushed(now);
            _session.OnBatchSent(Math.Max(0, now - writtenAt) / TimeSpan.TicksPerMillisecond);
        }

        LookAtEncoder();
    }

    public void OnIdle()
    {
        if (_feed.Wait is { } wait)
        {
            _paceTimer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _takeover.OnNothingDue();
        }

        Retain();
        LookAtEncoder();
        if (_cursor.IsRoomWanted || _takeover.NeedsProof)
        {
            lock (_lock)
            {
                AskForProof();
            }
        }

        _session.OnDeliveryProgress();
    }

    public void OnPacket()
    {
        _session.Counters.OnPacketReceived();
        _heartbeat.OnSignOfLife();
    }

    public void OnPing(uint id)
    {
        if (!_outbox.PostPong(id) && !_floodLogged)
        {
            _floodLogged = true; // once a connection: a flood of pings is not to become one of log lines
            Log.PingFlood(_session.Logger);
        }
    }

    public void OnPong(uint id)
    {
        lock (_lock)
        {
            _outbox.OnRead(_delivery.OnPong(id));
            _proofOutstanding = false;
        }

        Acknowledge();
        if (_cursor.IsRoomWanted)
        {
            _cursor.Wake(); // not enough yet: once all is sent, the loop asks for the next proof
        }

        _session.OnDeliveryProgress();
    }

    public void OnServerCommand(DevServerCmd command) => _session.OnServerCommand(command);

    public void OnAppCommand(DevAppCmd command) => _session.OnAppCommand(command);

    public void OnTalkBack(in MediaPackage package) => _session.OnTalkBack(package);

    public void OnUnexpected(MessageType type)
    {
        if (!_unexpectedLogged)
        {
            _unexpectedLogged = true; // once a connection, as with pings
            Log.UnexpectedMessage(_session.Logger, type);
        }
    }

    /// <summary>Ends the connection for a reason of our own.</summary>
    public void End(UplinkFault fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        _connection.Abort();
        _send.Stop();
    }

    private void Acknowledge()
    {
        long arrived;
        lock (_lock)
        {
            if (_connection.BytesAcknowledged is { } bytes)
            {
                _delivery.OnAcknowledged(bytes, _clock.Now);
            }

            arrived = _delivery.Arrived.Position;
        }

        _clips.OnArrived(arrived);
        _takeover.OnArrived(arrived);
        Retain();
    }

    /// <summary>What a source that waits for room must leave in place: what is to be sent, and what was sent and may have to be sent again.</summary>
    private void Retain()
    {
        bool isNeeded = _feed.Mode != UploadMode.Idle || _clips.UnconfirmedTo > 0;
        long from = isNeeded ? Math.Min(_cursor.Position, _delivery.Confirmed.Position) : long.MaxValue;
        if (_inputs.IsAnythingDue && _clips.TryPeek(out EventClip clip))
        {
            from = Math.Min(from, clip.SentFrom == MediaBuffer.None ? clip.StartPosition : _cursor.Position);
        }

        _cursor.Retain(from);
    }

    /// <summary>DevIpCamCmd type 3, behind the key frame that changed it (specification 5.2.10: for example 1280x720). Not kept: the next login tells
    /// it by itself.</summary>
    private void TellResolution(int width, int height)
    {
        (_toldWidth, _toldHeight) = (width, height);
        Log.ResolutionChanged(_session.Logger, width, height);
        _session.TrySend(new DeviceMessage(DeviceMessageType.ResolutionChanged) { Message = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}") });
    }

    /// <summary>Called by the send loop after each flush and when it has nothing to do, and by a timer while a flush is blocked.</summary>
    private void LookAtEncoder()
    {
        EncoderLoop.Verdict verdict;
        lock (_lock)
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
            verdict = _encoder.Look(sample, _flushing, _session.NewestGop, !_session.WritersWait);
        }

        if (verdict.Next is { } next)
        {
            _lookTimer.Change(next, Timeout.InfiniteTimeSpan);
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

    private bool IsHeld(long position) => _inputs.IsAnythingDue && _cursor.Reached < position;

    /// <summary>A Ping behind everything that is sent: its Pong says that all of it was read. Called under the lock.</summary>
    private void AskForProof()
    {
        if (!_proofOutstanding)
        {
            _proofOutstanding = true;
            _outbox.PostPing(++_pingId);
        }
    }

    private void PostPing()
    {
        lock (_lock)
        {
            _outbox.PostPing(++_pingId);
        }
    }

    /// <summary>Closes, and waits for the peer to do the same: closing a socket with unread bytes resets it, and what is still under way
    /// to the peer would be lost with it. The close timer bounds it.</summary>
    private async Task CloseAsync(Task receive)
    {
        try
        {
            await _connection.CloseAsync();
            await receive;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or ProtocolException)
        {
            Log.CloseFailed(_session.Logger, error.Message);
        }
    }

    private async Task EndAsync(Task loop, UplinkFaultKind kind, string message)
    {
        UplinkFault fault;
        try
        {
            await loop;
            fault = new UplinkFault(kind, message);
        }
#pragma warning disable CA1031 // whatever goes wrong in one connection is a fault of that connection
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = FaultMapping.ToFault(error, _session.Logger);
        }

        Interlocked.CompareExchange(ref _fault, fault, null);
    }
}
