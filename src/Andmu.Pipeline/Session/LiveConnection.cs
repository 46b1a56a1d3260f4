using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>One connection from its login to its end: the two loops, the heartbeat, and what is known of what has arrived.</summary>
/// <remarks>Three threads meet here: the send loop, the receive loop and the heartbeat's timer. A lock guards what they share.</remarks>
internal sealed class LiveConnection
{
    private readonly Lock _lock = new();
    private readonly UplinkSession _session;
    private readonly IUplinkConnection _connection;
    private readonly MediaCursor _cursor;
    private readonly ControlOutbox _outbox;
    private readonly SendLoop _send;
    private readonly ReceiveLoop _receive;
    private readonly DeliveryLog _delivery;
    private readonly UplinkClock _clock;
    private readonly ITimer _timer;
    private readonly ITimer _closeTimer;
    private HeartbeatMonitor _heartbeat;
    private UplinkFault? _fault;
    private uint _pingId;
    private bool _uploading;
    private bool _floodLogged;
    private bool _unexpectedLogged;
    private bool _proofOutstanding; // a Ping went out behind everything, to learn whether it has arrived

    public LiveConnection(UplinkSession session, IUplinkConnection connection, LoginResult login, UplinkParts parts)
    {
        _session = session;
        _connection = connection;
        _cursor = parts.Cursor;
        _outbox = parts.Outbox;
        _clock = parts.Clock;
        _delivery = new DeliveryLog(session.Options.ReplayWindow);
        _send = new SendLoop(connection, parts.Cursor, parts.Outbox, parts.Signal, this);
        _receive = new ReceiveLoop(connection.Input, session.Options.Limits, this);
        _heartbeat = new HeartbeatMonitor(login.PingSpan, _clock.Now);
        _timer = _clock.TimeProvider.CreateTimer(static state => ((LiveConnection)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _closeTimer = _clock.TimeProvider.CreateTimer(static state => ((IUplinkConnection)state!).Abort(), connection, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends and receives until the connection ends.</summary>
    /// <param name="resumeFrom">First position that may not have arrived before; null when nothing was to be uploaded.</param>
    /// <returns>Why it ended.</returns>
    public async Task<UplinkFault> RunAsync(long? resumeFrom)
    {
        if (resumeFrom is { } position)
        {
            _uploading = true; // goes on where it was: a short outage loses nothing
            _cursor.RewindTo(position);
        }

        _delivery.Restart(_cursor.Position);
        Schedule();
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

        await _timer.DisposeAsync();
        await _closeTimer.DisposeAsync();
        Acknowledge();
        _outbox.OnDisconnected();
        return _fault!;
    }

    /// <summary>First position that may not have arrived, or null while nothing was being uploaded.</summary>
    public long? ResumePosition
    {
        get
        {
            lock (_lock)
            {
                bool hung = _fault?.Kind == UplinkFaultKind.PeerSilent;
                return !_uploading ? null : hung ? _delivery.Read : _delivery.Arrived;
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
            if (_delivery.Read >= end && _outbox.IsEmpty)
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

    public UploadDecision Decide()
    {
        UploadDecision decision = _session.Decide();
        if (decision.Upload && !_uploading)
        {
            _cursor.MoveToLive();
        }
        else if (!decision.Upload && _uploading)
        {
            _cursor.RetainNothing();
        }

        lock (_lock)
        {
            _uploading = decision.Upload;
        }

        return decision;
    }

    public void OnMediaWritten(in MediaEntry entry, long position) => _session.Counters.OnWritten(entry, position);

    public void OnPingWritten(uint id)
    {
        lock (_lock)
        {
            _delivery.OnPing(id, _cursor.Reached);
        }
    }

    public void OnFlushed(bool blocked)
    {
        long sent = _connection.BytesSent;
        _outbox.OnFlushed(sent);
        lock (_lock)
        {
            _delivery.OnFlushed(sent, _cursor.Reached, _clock.Now);
            if (blocked)
            {
                _heartbeat.OnSignOfLife(); // room in the send buffer comes from the peer's acknowledgements
            }
        }

        Acknowledge();
        _session.Counters.OnBytesSent(sent);
    }

    public void OnIdle()
    {
        if (_cursor.TakeRoomRequest())
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
        lock (_lock)
        {
            _heartbeat.OnSignOfLife();
        }
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
        if (_connection.BytesAcknowledged is { } bytes)
        {
            lock (_lock)
            {
                _delivery.OnAcknowledged(bytes, _clock.Now);
            }
        }

        if (_uploading)
        {
            _cursor.Retain(Math.Min(_cursor.Position, _delivery.Confirmed));
        }
    }

    /// <summary>A Ping behind everything that is sent: its Pong says that all of it was read. Called under the lock.</summary>
    private void AskForProof()
    {
        if (!_proofOutstanding)
        {
            _proofOutstanding = true;
            _outbox.PostPing(++_pingId);
        }
    }

    private void OnTimer()
    {
        HeartbeatAction action;
        lock (_lock)
        {
            action = _heartbeat.Check(_clock.Now);
            if (action == HeartbeatAction.SendPing)
            {
                _outbox.PostPing(++_pingId);
            }
        }

        if (action == HeartbeatAction.PeerSilent)
        {
            End(new UplinkFault(UplinkFaultKind.PeerSilent, $"The platform gave no sign of life for {_heartbeat.Deadline.TotalSeconds:0} s."));
            return;
        }

        Schedule();
    }

    private void Schedule()
    {
        lock (_lock)
        {
            TimeSpan due = _heartbeat.NextCheck - _clock.Now;
            _timer.Change(due < TimeSpan.Zero ? TimeSpan.Zero : due, Timeout.InfiniteTimeSpan);
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
