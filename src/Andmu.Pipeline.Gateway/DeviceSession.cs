using System.Globalization;
using System.Net;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway;

/// <summary>
/// A device that is logged in, and what the platform can do to it. Every member may be used from any thread; a send waits until
/// the device takes the bytes, and throws <see cref="IOException"/> when the connection has ended.
/// </summary>
public sealed class DeviceSession
{
    private const int H265 = 2; // video_type, specification 5.2.1

    private readonly Lock _gate = new();
    private readonly HashSet<string> _viewers = new(StringComparer.Ordinal);
    private readonly Platform _platform;
    private readonly TimeProvider _time;
    private readonly PacketWriter _writer;
    private readonly ConnectionEnd _end;
    private readonly StreamAudit _audit;
    private DeviceCounters _counters;
    private long _lastPing;
    private uint _nextPing;
    private uint _nextCommand;
    private uint _nextTalk;
    private int _viewerCount;
    private long _holdsAtPing;
    private long? _throttle;

    internal DeviceSession(
        Platform platform, string deviceId, DeviceLogin login, EndPoint? remote, PacketWriter writer, ConnectionEnd end)
    {
        DeviceId = deviceId;
        Login = login;
        RemoteEndPoint = remote;
        _platform = platform;
        _time = platform.Options.TimeProvider;
        _writer = writer;
        _end = end;
        ConnectedAt = _time.GetUtcNow();
        _lastPing = _time.GetTimestamp();
        Reads = new ReadGate(_time, () => Tell(GatewayNoticeKind.ReadsResumed, ""));
        _audit = new StreamAudit(platform.Options.PingPongSpan, hasLeadingPictures: login.VideoType == H265);
        _audit.Plan.Start(Plan, ConnectedAt);
    }

    /// <summary>The device's 15 digits: as registered, or the decimal MAC address of a device that never registered here.</summary>
    public string DeviceId { get; }

    /// <summary>What the device said when it logged in.</summary>
    public DeviceLogin Login { get; }

    /// <summary>Where the device connected from; null when unknown.</summary>
    public EndPoint? RemoteEndPoint { get; }

    /// <summary>When it logged in, by the gateway's clock.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>The device's plan now.</summary>
    public DevicePlan Plan => _platform.Plans.PlanOf(DeviceId);

    /// <summary>What arrived so far.</summary>
    public DeviceCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters;
            }
        }
    }

    /// <summary>How well the device has kept to the specification so far.</summary>
    public StreamAuditReport Audit
    {
        get
        {
            lock (_gate)
            {
                return _audit.Report();
            }
        }
    }

    /// <summary>The first 100 violations that <see cref="Audit"/> counts, in words; each is also told as a notice.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
            {
                return _audit.Findings.All;
            }
        }
    }

    /// <summary>The viewers that were started and not stopped.</summary>
    public IReadOnlyCollection<string> Viewers
    {
        get
        {
            lock (_gate)
            {
                return [.. _viewers];
            }
        }
    }

    /// <summary>Sends a Ping, each with the next number from 1 (specification 5.2.2).</summary>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SendPingAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Messages.Ping(Interlocked.Increment(ref _nextPing)), cancellationToken);

    /// <summary>Gives the device a plan of its own, from now on and for later logins, and tells it (specification 5.2.8, type 7).</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SetPlanAsync(DevicePlan plan, CancellationToken cancellationToken = default)
    {
        _platform.Plans.Set(DeviceId, plan);
        Tell(GatewayNoticeKind.PlanChanged, plan.ToString());
        lock (_gate)
        {
            _audit.Plan.SetPlan(plan, _time.GetUtcNow());
        }

        return SendAsync(Messages.PlanChanged(plan), cancellationToken);
    }

    /// <summary>A viewer starts to watch (specification 5.2.9, type 8).</summary>
    /// <param name="viewerId">The viewer's id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task StartViewerAsync(string viewerId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _viewers.Add(viewerId);
            AuditViewers();
        }

        Tell(GatewayNoticeKind.ViewerStarted, viewerId);

        return SendAsync(Messages.ViewerStarts(DeviceId, viewerId), cancellationToken);
    }

    /// <summary>A viewer stops watching (specification 5.2.9, type 9).</summary>
    /// <param name="viewerId">The viewer's id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task StopViewerAsync(string viewerId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _viewers.Remove(viewerId);
            AuditViewers();
        }

        Tell(GatewayNoticeKind.ViewerStopped, viewerId);

        return SendAsync(Messages.ViewerEnds(DeviceId, viewerId), cancellationToken);
    }

    /// <summary>Tells how many viewers are online (specification 5.2.9, type 0).</summary>
    /// <param name="count">The number, from 0.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SetViewerCountAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            _viewerCount = count;
            AuditViewers();
        }

        return SendAsync(Messages.ViewerCount(DeviceId, count), cancellationToken);
    }

    /// <summary>Sends a command as an app does (specification 5.2.9, type 33); the answer comes as a DeviceMessage notice.</summary>
    /// <param name="json">The command; sent as it is, right or wrong.</param>
    /// <param name="sourceId">Who asks: the answer's dst_device_id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SendCommandAsync(string json, string sourceId = "app", CancellationToken cancellationToken = default) =>
        SendAsync(Messages.Command(DeviceId, sourceId, Interlocked.Increment(ref _nextCommand), json), cancellationToken);

    /// <summary>Asks for thumbnails (specification 5.2.8, type 9).</summary>
    /// <param name="span">Time between two, whole seconds; zero stops them.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task RequestThumbnailsAsync(TimeSpan span, int width = 320, int height = 180, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        return SendAsync(Messages.Thumbnails(span, width, height), cancellationToken);
    }

    /// <summary>Sends talk-back audio (specification 5.2.5), each pack with the next number from 1.</summary>
    /// <param name="aLaw">G.711 A-law, 8 kHz, one channel.</param>
    /// <param name="startTime">Media clock, ms.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SendTalkAsync(ReadOnlyMemory<byte> aLaw, uint startTime, CancellationToken cancellationToken = default) =>
        SendAsync(Messages.Talk(aLaw.Span, startTime, Interlocked.Increment(ref _nextTalk), _time.GetUtcNow()), cancellationToken);

    /// <summary>Sends bytes as they are, to try a device with what no platform should send.</summary>
    /// <param name="bytes">Anything; the length prefix is not added.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _writer.SendRawAsync(bytes, cancellationToken);

    /// <summary>
    /// How fast this connection is read, in bytes per second of its packets (TLS, TCP and IP come on top) from 1; null, the default, for
    /// what <see cref="GatewayFaults.ThrottleBytesPerSecond"/> says. May be changed at any time. What is not read stays in the socket, so
    /// that TCP's back-pressure reaches the device, and the connection is not held to be dead meanwhile. Some 100 to 200 KB are under way
    /// between a device that has sent and the platform that reads (64 KiB taken ahead, about as much in the kernel, one read of up to
    /// 32 KiB); a connection that was fast before may have more under way once. The kernel's buffer stays small when the rate is lifted.
    /// </summary>
    public long? ThrottleBytesPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _throttle;
            }
        }

        set
        {
            if (value is { } rate)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate, nameof(value));
            }

            lock (_gate)
            {
                _throttle = value;
            }

            ApplyThrottle();
        }
    }

    /// <summary>
    /// Stops reading, so that the device meets back-pressure, or goes on, ending <see cref="StallReadsFor"/>, too. While stalled the
    /// connection is not held to be dead. The read in progress, and what the buffers of both ends take, still passes.
    /// </summary>
    /// <param name="stalled">True to stop, false to go on.</param>
    public void StallReads(bool stalled)
    {
        if (stalled ? Reads.Shut() : Reads.Open())
        {
            Tell(stalled ? GatewayNoticeKind.ReadsStalled : GatewayNoticeKind.ReadsResumed, stalled ? "until further notice" : "");
        }
    }

    /// <summary>Stops reading for a time from now, as <see cref="StallReads"/> does; of two that overlap, the one that ends later holds.</summary>
    /// <param name="length">How long, above zero and at most 24 days, by the gateway's clock.</param>
    public void StallReadsFor(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, TimeSpan.FromDays(24));
        Tell(GatewayNoticeKind.ReadsStalled, string.Create(CultureInfo.InvariantCulture, $"for {length.TotalSeconds:0.###} s"));
        Reads.ShutFor(length);
    }

    /// <summary>Closes the connection in an orderly way; completes when it is closed.</summary>
    public Task CloseAsync()
    {
        End(DisconnectReason.ClosedByGateway, "asked for by the host");
        return _end.Completion;
    }

    /// <summary>Resets the connection at once: the device sees RST, not FIN.</summary>
    public void Abort() => _end.Reset(DisconnectReason.AbortedByGateway, "asked for by the host");

    internal ReadGate Reads { get; }

    /// <summary>Lets the rate that was set, here or for all, hold from now on.</summary>
    internal void ApplyThrottle()
    {
        long? rate = ThrottleBytesPerSecond ?? _platform.Faults.ThrottleBytesPerSecond;
        if (rate is not null)
        {
            ReceiveBuffer.Bound(_end.Socket);
        }

        Reads.Throttle(rate);
    }

    internal void End(DisconnectReason reason, string detail) => _end.Request(reason, detail);

    internal Task SendAsync(HEDGWMessage message, CancellationToken cancellationToken) => _writer.SendAsync(message, cancellationToken);

    internal void CountPacket(int bytes, HEDGWMessage message)
    {
        IReadOnlyList<string> findings;
        lock (_gate)
        {
            _counters = SessionCounting.Add(_counters, bytes, message);
            if (message.TdMediaPackage is { } package && message.MessageType == HEDGWMessage.Types.MessageType.TdmediaPackage)
            {
                _audit.AddMedia(MediaFacts.Of(package), _time.GetUtcNow());
            }
            else if (message.MessageType == HEDGWMessage.Types.MessageType.Ping)
            {
                CountPing();
            }

            findings = _audit.Findings.TakeNew();
        }

        foreach (string finding in findings)
        {
            Tell(GatewayNoticeKind.Violation, finding);
        }
    }

    private void AuditViewers() => _audit.Plan.SetWatched(_viewers.Count > 0 || _viewerCount > 0, _time.GetUtcNow());

    private void CountPing()
    {
        long now = _time.GetTimestamp();
        long holds = Reads.Holds.Count;
        _audit.AddPing(_time.GetElapsedTime(_lastPing, now), isHeld: holds != _holdsAtPing);
        _lastPing = now;
        _holdsAtPing = holds;
    }

    private void Tell(GatewayNoticeKind kind, string text) => _platform.Notices.Post(kind, DeviceId, text);
}
