using System.IO.Pipelines;
using System.Text;
using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Backlog;

/// <summary>The second connection (channel_id 1, specification 5.2.4) from its login to its end: sends the backlog as fast as the live stream allows, and confirms
/// what the platform has read.</summary>
/// <remarks>Three threads meet here: the send loop, the receive loop and the heartbeat's timer. A lock guards what they share.</remarks>
internal sealed class BacklogConnection : IPacketHandler
{
    /// <summary>Media of one flush.</summary>
    private const int BatchBytes = 64 * 1024;

    /// <summary>Sent between two questions whether it has arrived.</summary>
    private const long ProofBytes = 1 << 20;

    /// <summary>How often the pace is looked at while it allows nothing.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>A store that gives nothing for this long has nothing more: a card is read ahead of, and may be late.</summary>
    private static readonly TimeSpan Exhausted = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly IUplinkConnection _connection;
    private readonly IBacklogStore _store;
    private readonly BacklogFilter _filter;
    private readonly Func<BacklogSituation> _situation;
    private readonly LiveTakeover _takeover;
    private readonly UplinkOptions _options;
    private readonly UplinkCounters _counters;
    private readonly UplinkClock _clock;
    private readonly WakeSignal _signal;
    private readonly DeliveryProof _proof = new();
    private readonly HeartbeatTimer _heartbeat;
    private readonly ITimer _lookTimer;
    private readonly Queue<uint> _pongs = new();
    private BacklogPacer _pacer;
    private uint _pingId;
    private uint? _ping;
    private long _unproven;
    private TimeSpan? _emptySince;
    private UplinkFault? _fault;
    private volatile bool _stopping;

    public BacklogConnection(
        IUplinkConnection connection, LoginResult login, IBacklogStore store, Func<BacklogSituation> situation, LiveTakeover takeover,
        UplinkOptions options, UplinkCounters counters, UplinkClock clock, WakeSignal signal)
    {
        _connection = connection;
        _store = store;
        _situation = situation;
        _takeover = takeover;
        _options = options;
        _counters = counters;
        _clock = clock;
        _signal = signal;
        _filter = new BacklogFilter(situation().Mode, options.EventRecording);
        _heartbeat = new HeartbeatTimer(login.PingSpan, clock, PostPing, End);
        _lookTimer = clock.TimeProvider.CreateTimer(
            static state => ((WakeSignal)state!).Set(), signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum Reading
    {
        /// <summary>There may be more at once.</summary>
        More,

        /// <summary>The live stream needs the network.</summary>
        Held,

        /// <summary>The store has nothing at the moment.</summary>
        Empty,
    }

    /// <summary>Sends until all is delivered, it is stopped, or the connection ends.</summary>
    /// <returns>Why it ended; null when all is delivered.</returns>
    public async Task<UplinkFault?> RunAsync()
    {
        _heartbeat.Start();
        Task receive = new ReceiveLoop(_connection.Input, _options.Limits, this).RunAsync();
        Task send = SendAsync();
        Task first = await Task.WhenAny(receive, send);
        if (first == send && send.IsCompletedSuccessfully)
        {
            await CloseAsync(receive);
        }

        _connection.Abort();
        Stop();
        await NoteAsync(receive, new UplinkFault(UplinkFaultKind.PeerClosed, "The platform closed the connection of the backlog."), first == receive);
        await NoteAsync(send, new UplinkFault(UplinkFaultKind.ConnectionLost, ""), isWorthNoting: false);
        await _heartbeat.StopAsync();
        await _lookTimer.DisposeAsync();
        return _fault;
    }

    /// <summary>Ends it after what is being written.</summary>
    public void Stop()
    {
        _stopping = true;
        _signal.Set();
    }

    public void OnPacket() => _heartbeat.OnSignOfLife();

    public void OnPing(uint id)
    {
        lock (_lock)
        {
            if (_pongs.Count < 16)
            {
                _pongs.Enqueue(id);
            }
        }

        _signal.Set();
    }

    public void OnPong(uint id)
    {
        lock (_lock)
        {
            if (_proof.OnPong(id, IsExhausted, !_filter.ConfirmsAtTheEnd || IsExhausted) is { } proven)
            {
                _store.Confirm(proven);
            }
        }

        _signal.Set();
    }

    // What an app or the platform has to say, it says to the live connection.
    public void OnServerCommand(DevServerCmd command)
    {
    }

    public void OnAppCommand(DevAppCmd command)
    {
    }

    public void OnTalkBack(in MediaPackage package)
    {
    }

    public void OnUnexpected(MessageType type)
    {
    }

    private async Task SendAsync()
    {
        while (!_stopping)
        {
            bool wrote = WriteHeartbeat();
            Reading reading = WriteRecords(ref wrote);
            bool isOver = reading == Reading.Empty && IsOver();
            wrote |= AskForProof(reading);
            if (wrote)
            {
                ValueTask<FlushResult> flush = _connection.Output.FlushAsync();
                bool blocked = !flush.IsCompleted;
                await flush;
                if (blocked)
                {
                    _heartbeat.OnSignOfLife(); // room in the send buffer comes from the peer's acknowledgements
                }

                continue;
            }

            if (isOver)
            {
                return;
            }

            if (reading != Reading.More)
            {
                _lookTimer.Change(Look, Timeout.InfiniteTimeSpan);
            }

            await _signal.WaitAsync();
        }
    }

    private bool WriteHeartbeat()
    {
        lock (_lock)
        {
            bool any = _pongs.Count > 0 || _ping is not null;
            while (_pongs.TryDequeue(out uint id))
            {
                HeartbeatPacket.WritePong(_connection.Output, id);
            }

            if (_ping is { } ping)
            {
                HeartbeatPacket.WritePing(_connection.Output, ping);
                _proof.OnPing(ping);
                _ping = null;
                _unproven = 0;
            }

            return any;
        }
    }

    private Reading WriteRecords(ref bool wrote)
    {
        BacklogSituation situation = _situation();
        if (!situation.IsOnline)
        {
            Stop(); // the live stream first; what was sent and not confirmed comes again
            return Reading.Held;
        }

        long budget = situation.MaySend ? _pacer.Budget(_clock.Now, situation.LiveBacklog) : 0;
        long written = 0;
        while (written < Math.Min(budget, BatchBytes))
        {
            if (!_store.TryRead(out BacklogRecord record))
            {
                _pacer.Spend(written);
                wrote |= written > 0;
                return Reading.Empty;
            }

            if (_filter.Takes(record) && !_takeover.Has(record.Ticket))
            {
                written += Write(record);
            }

            lock (_lock)
            {
                _emptySince = null;
                _proof.OnWritten(record.Number, record.StartsGop || record.Event is not null);
            }
        }

        _pacer.Spend(written);
        wrote |= written > 0;
        return written > 0 ? Reading.More : Reading.Held;
    }

    private int Write(in BacklogRecord record)
    {
        int length = record.Data.Length;
        if (record.Media is { } media)
        {
            MediaPackageWriter.Write(_connection.Output, media.Header, record.Data.Span);
            _counters.OnBacklogSent(media.Header, length);
        }
        else if (record.Event is { } happened)
        {
            var report = new DevEventCmd
            {
                Type = (uint)happened.Type,
                Status = happened.Started ? 1u : 0u,
                IpcamTime = (ulong)Math.Max(0, happened.Time.ToUnixTimeMilliseconds()),
            };
            if (length > 0)
            {
                report.Msg = Encoding.UTF8.GetString(record.Data.Span);
            }

            ControlPacketWriter.Write(
                _connection.Output, new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevEventCmd, DevEventCmd = report });
        }

        _unproven += length;
        return Math.Max(length, 1);
    }

    private bool AskForProof(Reading reading)
    {
        lock (_lock)
        {
            bool isWorth = _proof.IsWorthAsking && (reading == Reading.Empty || _unproven >= ProofBytes);
            if (!isWorth && !_proof.NeedsAnother(isAll: IsExhausted))
            {
                return false;
            }

            _ping = ++_pingId;
        }

        return WriteHeartbeat();
    }

    /// <summary>Whether all has been read, delivered and confirmed.</summary>
    private bool IsOver()
    {
        lock (_lock)
        {
            _emptySince ??= _clock.Now;
            return IsExhausted && _proof.IsComplete && !_store.HasBacklog;
        }
    }

    // Under the lock.
    private bool IsExhausted => _emptySince is { } since && _clock.Now - since >= Exhausted;

    private void PostPing()
    {
        lock (_lock)
        {
            _ping = ++_pingId;
        }

        _signal.Set();
    }

    private void End(UplinkFault fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        _connection.Abort();
        Stop();
    }

    private async Task CloseAsync(Task receive)
    {
        using var limit = new CancellationTokenSource(_options.CloseTimeout, _clock.TimeProvider);
        using CancellationTokenRegistration abort = limit.Token.Register(static state => ((IUplinkConnection)state!).Abort(), _connection);
        try
        {
            await _connection.CloseAsync();
            await receive;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or ProtocolException)
        {
            // It is over in any case.
        }
    }

    private async Task NoteAsync(Task loop, UplinkFault orderly, bool isWorthNoting)
    {
        try
        {
            await loop;
            _fault ??= isWorthNoting ? orderly : null;
        }
#pragma warning disable CA1031 // whatever goes wrong in one connection is a fault of that connection
        catch (Exception error)
#pragma warning restore CA1031
        {
            _fault ??= _stopping && !isWorthNoting ? null : FaultMapping.ToFault(error, NullLogger.Instance);
        }
    }
}
