using Andmu.Hedgw;
using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Session;

/// <summary>The uplink of one channel: finds a gateway, logs in, sends what is due from the buffer, and comes back by itself when the connection breaks.</summary>
/// <remarks>
/// <code>
///   New -> Connecting -> LoggingIn -> Online -> Waiting -> Connecting ...
///                |            |          |         |
///                +------------+----------+---------+--> Ended
/// </code>
/// <para>All members are thread-safe. Events are raised on the uplink's own loops, one at a time per loop: a handler must not block. What a handler throws is logged.</para>
/// </remarks>
public sealed partial class UplinkSession : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly MediaBuffer _buffer;
    private readonly UplinkDialer _dialer;
    private readonly EndpointRotation _rotation;
    private readonly ReconnectPolicy _reconnect;
    private readonly ReconnectPause _pause;
    private readonly UplinkParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly EventReporter _events;
    private readonly BacklogKeeper _backlog;
    private readonly DeviceMessenger _messenger;
    private readonly DropLog _dropLog;
    private readonly DrainWait _drain;
    private Task<UplinkFault>? _run;
    private LiveConnection? _live;
    private UplinkState _state;
    private TimeSpan? _onlineSince;
    private bool _tooManyLogged;

    /// <summary>Makes an uplink; <see cref="Start"/> sets it going.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="buffer">What it sends from.</param>
    /// <param name="connector">Makes connections, e.g. a <see cref="TlsConnector"/>.</param>
    /// <param name="endpoints">Gives gateway addresses.</param>
    /// <param name="random">For the jitter of reconnects; null for one of its own.</param>
    /// <param name="logger">Null for none.</param>
    public UplinkSession(
        UplinkOptions options, MediaBuffer buffer, IUplinkConnector connector, IEndpointSource endpoints, Random? random = null, ILogger? logger = null)
    {
        options.Validate();
        Options = options;
        Logger = logger ?? NullLogger.Instance;
        _buffer = buffer;
        _dialer = new UplinkDialer(options, buffer, connector);
        _rotation = new EndpointRotation(endpoints);
        _reconnect = new ReconnectPolicy(random ?? new Random());
        _pause = new ReconnectPause(buffer.TimeProvider);
        _drain = new DrainWait(_pause);
        var signal = new WakeSignal();
        var cursor = new MediaCursor(buffer, signal);
        var clips = new ClipSchedule(buffer, options.EventRecording, OnClipEnded);
        var inputs = new UploadInputs(buffer, clips);
        var feed = new UploadFeed(buffer, cursor, clips, inputs, options.Congestion, options.CatchUpRate);
        var clock = new UplinkClock(buffer.TimeProvider);
        var encoder = new EncoderLoop(options.Advice, clock.Now);
        _parts = new UplinkParts(cursor, feed, clips, inputs, encoder, new ControlOutbox(signal), signal, clock, new LiveTakeover());
        _messenger = new DeviceMessenger(options, buffer, _parts.Outbox);
        _dropLog = new DropLog(buffer, Logger);
        Counters = new UplinkCounters(buffer, cursor, feed, inputs.Viewers);
        _backlog = CreateBacklog(connector, random ?? new Random());
        _events = new EventReporter(_buffer, _parts, _backlog);
    }

    /// <summary>Raised when <see cref="State"/> has changed.</summary>
    public event Action<UplinkStateChange>? StateChanged;

    /// <summary>Raised when the platform has set another plan.</summary>
    public event Action<DevicePlan>? PlanChanged;

    /// <summary>Raised when an event's clip has ended: the platform has it, or it never will. Says what is missing of it, if anything.</summary>
    public event Action<EventClipReport>? ClipFinished;

    /// <summary>Raised when a key frame would help: nothing that is captured can be decoded before one comes, after media was lost; or an event has started in the
    /// middle of a GOP. Not more often than every 2 s, and not while the network has no room for it.</summary>
    public event Action? KeyFrameNeeded;

    /// <summary>Raised when the encoder should be set to another bit rate, in bit/s of video, by what the network was measured to carry. Only with
    /// <see cref="UplinkOptions.Advice"/>.</summary>
    public event Action<int>? BitrateAdvised;

    /// <summary>Raised for every DevAppCmd, those about viewers included.</summary>
    public event Action<AppCommand>? AppCommandReceived;

    /// <summary>Raised when the platform asks for thumbnails, or for no more of them; they go by <see cref="TrySendThumbnail"/>.</summary>
    public event Action<ThumbnailRequest>? ThumbnailsRequested;

    /// <summary>Raised for every package of talk-back audio (specification 5.2.5). Its data is a view that is valid during the call only.</summary>
    public event Action<MediaPackage>? TalkBackReceived;

    /// <summary>Where it is on its way.</summary>
    public UplinkState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The plan that the platform gave last.</summary>
    public DevicePlan Plan => _parts.Inputs.Plan;

    /// <summary>What the platform asked for at the last login that it accepted; null before the first.</summary>
    public LoginTerms? Terms { get; private set; }

    /// <summary>What is being done with the media: nothing, the live stream, or an event's clip.</summary>
    public UploadMode Mode => _parts.Feed.Mode;

    /// <summary>Whether the device is on (command 1815 and schedules, specification 5.2.9). Off: no media is sent from that moment on, nor ever what is captured
    /// meanwhile; clips that were not sent yet are given up; the heartbeat stays. Default true.</summary>
    public bool IsDeviceOn
    {
        get => _parts.Inputs.IsDeviceOn;
        set
        {
            if (_parts.Inputs.SetDeviceOn(value))
            {
                Log.DeviceSwitched(Logger, value ? "on" : "off");
                _parts.Signal.Set();
            }
        }
    }

    /// <summary>Completes when the uplink has ended, with the reason. It never fails.</summary>
    public Task<UplinkFault> Completion => _run ?? throw new InvalidOperationException("The uplink has not been started.");

    /// <summary>Counters.</summary>
    public UplinkStatistics Statistics => Counters.Snapshot();

    private static UplinkFault StoppedByHost => new(UplinkFaultKind.Stopped, "The uplink was stopped.");

    private DateTimeOffset DeviceTime => _buffer.TimeProvider.GetUtcNow();

    internal UplinkCounters Counters { get; }

    internal UplinkOptions Options { get; }

    internal ILogger Logger { get; }

    /// <summary>Sets it going. Returns at once.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (_run is not null)
            {
                throw new InvalidOperationException("An uplink is started once.");
            }

            _run = LoopStarter.Start(RunAsync, Options.Scheduler);
            _backlog.Start();
        }

        UplinkMeter.Shared.Add(this);
    }

    /// <summary>Reports an event (DevEventCmd, specification 5.2.6). Kept while offline, sent again if it may have been lost. On the event-recording plan
    /// its clip is sent, with <see cref="UplinkOptions.EventRecording"/> before and after it; <see cref="ClipFinished"/> says what became of it.</summary>
    /// <remarks>Events that overlap, or come in the post-roll of another, make one clip. A clip goes on until the end of every type that was started is
    /// reported. A person count has no clip.</remarks>
    /// <param name="type">What happened.</param>
    /// <param name="started">True at its start, false at its end.</param>
    /// <param name="time">When, by the platform's clock. May lie in the past by what a detector takes.</param>
    /// <param name="message">JSON, for <see cref="DeviceEventType.PersonCount"/> only.</param>
    /// <returns>False when too many wait already: the event is not reported.</returns>
    public bool TryReportEvent(DeviceEventType type, bool started, DateTimeOffset time, string? message = null)
    {
        bool told = _events.TryReport(type, started, time, message);
        Log.EventReported(Logger, type, started, time, told);
        return told;
    }

    /// <summary>Sends the platform or an app a message (DevIpCamCmd, specification 5.2.10): behind what waits already, at once when online.</summary>
    /// <param name="message">The message; copied.</param>
    /// <returns>False when too much waits already, 256 messages or 4 MiB, of which a quarter is left to events and to what
    /// <see cref="DeviceMessage.IsKept"/>: it is not sent.</returns>
    /// <exception cref="ArgumentException">It is longer than <see cref="PacketLimits.MaxControlPacketBytes"/>, 1 MiB: no platform takes it.</exception>
    public bool TrySend(DeviceMessage message) => _messenger.TrySend(message);

    /// <summary>Sends a thumbnail (package type 5, specification 5.2.7), as <see cref="ThumbnailsRequested"/> asks for.</summary>
    /// <param name="jpeg">A JPEG picture; copied.</param>
    /// <returns>False when it is not sent: not online, switched off, or too much waits already. The next one replaces it.</returns>
    public bool TrySendThumbnail(ReadOnlySpan<byte> jpeg) => State == UplinkState.Online && IsDeviceOn && _messenger.TrySendThumbnail(jpeg);

    /// <summary>Waits until everything written so far has been read by the platform, across reconnects if need be.</summary>
    /// <remarks>Proved by a Ping behind the last package that the platform answers. While the host waits, the pauses between two tries to reconnect
    /// are short.</remarks>
    /// <returns>True when it has; false when the uplink ended before.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public Task<bool> DrainAsync(CancellationToken cancellationToken = default)
    {
        long end = _buffer.End;
        return _drain.WaitAsync(() => IsDelivered(end), () => State == UplinkState.Ended, cancellationToken);
    }

    /// <summary>Ends the uplink in order: what is being sent is finished, the platform is told, the connection is closed. What still waits in the
    /// buffer is not sent, but kept by <see cref="UplinkOptions.Backlog"/> if there is one: <see cref="DrainAsync"/> before, if it should be.</summary>
    public async Task StopAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync(); // first: a connection that goes live from here on sees it
        }

        Task<UplinkFault>? run;
        lock (_lock)
        {
            run = _run;
            _live?.Stop();
        }

        if (run is not null)
        {
            await run;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        UplinkMeter.Shared.Remove(this);
        if (Options.Backlog is { } store)
        {
            store.Progressed -= _drain.OnProgress;
        }

        _stop.Dispose();
    }

    internal bool TakeEventInMidGop() => _events.TakeInMidGop();

    internal void OnKeyFrameNeeded()
    {
        Counters.OnKeyFrameAsked();
        Log.KeyFrameNeeded(Logger);
        HostHandlers.Raise(KeyFrameNeeded, Logger);
    }

    internal void OnBitrateAdvised(int bitrate)
    {
        Counters.OnBitrateAdvised(bitrate);
        Log.BitrateAdvised(Logger, bitrate);
        HostHandlers.Raise(BitrateAdvised, bitrate, Logger);
    }

    internal long NewestGop => _buffer.NewestGopWritten;

    internal bool WritersWait => _buffer.WritersWait;

    internal long ElapsedTicks => _buffer.ElapsedTicks;

    internal UplinkReading Reading => new(Statistics, _buffer.Drops, _buffer.Options.CapacityBytes, State == UplinkState.Online);

    internal void OnBatchSent(long latencyMs)
    {
        Counters.OnBatchSent(latencyMs);
        UplinkMeter.Shared.OnBatchSent(Options.Name, latencyMs);
        _dropLog.Check();
    }

    internal void OnDeliveryProgress()
    {
        _drain.OnProgress();
        _dropLog.Check();
    }

    internal void OnServerCommand(DevServerCmd command)
    {
        const uint PlanChangedType = 7; // both: specification 5.2.8
        const uint ThumbnailsType = 9;
        if (command.Type == PlanChangedType && command.HasDeviceStatus)
        {
            SetPlan((DevicePlan)command.DeviceStatus);
        }
        else if (command.Type == ThumbnailsType)
        {
            var request = new ThumbnailRequest(TimeSpan.FromSeconds(command.ThumbnailSpan), Whole(command.ThumbnailWidth), Whole(command.ThumbnailHeight));
            HostHandlers.Raise(ThumbnailsRequested, request, Logger);
        }
    }

    internal void OnAppCommand(DevAppCmd command)
    {
        var received = new AppCommand((AppCommandType)command.Type, command.SrcDeviceId, (int)command.Count, command.Msg);
        if (!_parts.Inputs.Viewers.Heed(received) && !_tooManyLogged)
        {
            _tooManyLogged = true; // once: a flood of viewers is not to become one of log lines
            Log.TooManyViewers(Logger);
        }

        _parts.Signal.Set();
        HostHandlers.Raise(AppCommandReceived, received, Logger);
    }

    internal void OnTalkBack(in MediaPackage package) => HostHandlers.Raise(TalkBackReceived, package, Logger);

    private BacklogKeeper CreateBacklog(IUplinkConnector connector, Random random)
    {
        if (Options.Backlog is not { } store)
        {
            return new BacklogKeeper(null, null, null);
        }

        store.Progressed += _drain.OnProgress;
        return new BacklogKeeper(
            store, new BacklogWriter(store, _parts, Counters, Options.Scheduler),
            new BacklogUplink(store, _buffer, connector, Situation, _parts.Takeover, Options, Counters, _parts.Clock, new Random(random.Next()), Logger));

        BacklogSituation Situation() => new(
            State == UplinkState.Online,
            !_parts.Takeover.IsPending && _parts.Inputs.IsDeviceOn && (Plan is DevicePlan.Trial or DevicePlan.Cloud or DevicePlan.Event),
            _parts.Feed.Backlog,
            Terms?.SdUpload ?? SdUploadMode.Unknown);
    }

    private static int Whole(uint pixels) => (int)Math.Min(pixels, int.MaxValue);
}
