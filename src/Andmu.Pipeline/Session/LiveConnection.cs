using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>One connection from its login to its end: the two loops, the heartbeat, and what follows from what was sent and has come.</summary>
/// <remarks>Three threads meet here: the send loop, the receive loop and the heartbeat's timer. What they share is the parts', which guard it themselves.</remarks>
internal sealed class LiveConnection : IPacketHandler
{
    private readonly UplinkSession _session;
    private readonly IUplinkConnection _connection;
    private readonly MediaCursor _cursor;
    private readonly UploadFeed _feed;
    private readonly UploadInputs _inputs;
    private readonly ControlOutbox _outbox;
    private readonly LiveTakeover _takeover;
    private readonly SendLoop _send;
    private readonly ReceiveLoop _receive;
    private readonly DeliveryWatch _delivery;
    private readonly EncoderWatch _encoder;
    private readonly UplinkClock _clock;
    private readonly HeartbeatTimer _heartbeat;
    private readonly ITimer _closeTimer;
    private readonly ITimer _paceTimer;
    private readonly SendDelays _delays;
    private UplinkFault? _fault;
    private long? _oldestOfBatch; // when the oldest package was written that the next flush sends, in ticks
    private bool _floodLogged;
    private bool _unexpectedLogged;
    private int _toldWidth;
    private int _toldHeight;

    public LiveConnection(UplinkSession session, IUplinkConnection connection, LoginResult login, UplinkParts parts)
    {
        _session = session;
        _connection = connection;
        _cursor = parts.Cursor;
        _feed = parts.Feed;
        _inputs = parts.Inputs;
        _outbox = parts.Outbox;
        _takeover = parts.Takeover;
        _toldWidth = login.Width;
        _toldHeight = login.Height;
        IsBehindHeld = IsHeld;
        _clock = parts.Clock;
        _delays = new SendDelays(UplinkMeter.Shared, session.Options.Name);
        _delivery = new DeliveryWatch(connection, parts, session.Options.ReplayWindow);
        _encoder = new EncoderWatch(session, connection, parts);
        _send = new SendLoop(connection, parts.Feed, parts.Outbox, parts.Signal, this);
        _receive = new ReceiveLoop(connection.Input, session.Options.Limits, this);
        _heartbeat = new HeartbeatTimer(login.PingSpan, _clock, _delivery.PostPing, End);
        _paceTimer = _clock.TimeProvider.CreateTimer(static state => ((WakeSignal)state!).Set(), parts.Signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _closeTimer = _clock.TimeProvider.CreateTimer(static state => ((IUplinkConnection)state!).Abort(), connection, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends and receives until the connection ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<UplinkFault> RunAsync()
    {
        _feed.OnConnected(_clock.Now);
        _delivery.Start();
        _encoder.Start();
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
        await _encoder.StopAsync();
        _delivery.Acknowledge();
        _feed.OnDisconnected(_delivery.ResumeMark(hung: _fault!.Kind == UplinkFaultKind.PeerSilent));
        _outbox.OnDisconnected();
        return _fault;
    }

    /// <summary>Whether the platform has read everything before <paramref name="end"/> and every message. Once all of it is sent, a Ping goes
    /// after it to find out.</summary>
    public bool CheckDelivered(long end) => _delivery.Check(end);

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
        bool isSentAnew = _takeover.OnSending(_cursor.Position, _feed.IsRecorded);
        if (_feed.TakeRewind() || isSentAnew)
        {
            _delivery.OnRewound();
        }

        _encoder.OnWriting(entry);
        _oldestOfBatch ??= entry.WrittenAt;
        _delays.OnWritten(entry);
        if (entry is { PackageType: PackageType.Video, Width: not 0 } && (entry.Width != _toldWidth || entry.Height != _toldHeight))
        {
            TellResolution(entry.Width, entry.Height);
        }

        _session.Counters.OnWritten(entry, _cursor.Position);
    }

    public void OnPingWritten(uint id) => _delivery.OnPingWritten(id);

    public void OnFlushing() => _encoder.OnFlushing();

    public void OnFlushed(bool blocked)
    {
        _encoder.OnFlushed();
        long sent = _connection.BytesSent;
        _delivery.OnFlushed(sent);
        if (blocked)
        {
            _heartbeat.OnSignOfLife(); // room in the send buffer comes from the peer's acknowledgements
        }

        _session.Counters.OnBytesSent(sent);
        if (_oldestOfBatch is { } writtenAt)
        {
            _oldestOfBatch = null;
            long now = _session.ElapsedTicks;
            _delays.OnFlushed(now);
            _session.OnBatchSent(Math.Max(0, now - writtenAt) / TimeSpan.TicksPerMillisecond);
        }

        _encoder.Look();
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

        _delivery.OnIdle();
        _encoder.Look();
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
        _delivery.OnPong(id);
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

    /// <summary>DevIpCamCmd type 3, behind the key frame that changed it (specification 5.2.10: for example 1280x720). Not kept: the next login tells
    /// it by itself.</summary>
    private void TellResolution(int width, int height)
    {
        (_toldWidth, _toldHeight) = (width, height);
        Log.ResolutionChanged(_session.Logger, width, height);
        _session.TrySend(new DeviceMessage(DeviceMessageType.ResolutionChanged) { Message = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}") });
    }

    private bool IsHeld(long position) => _inputs.IsAnythingDue && _cursor.Reached < position;

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
