using System.Globalization;
using System.Net;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway;

/// <summary>
/// A device that is logged in, and what the platform can do to it. Every member may be used from any thread; a send waits until
/// the device takes the bytes, and throws <see cref="IOException"/> when the connection has ended.
/// </summary>
public sealed class DeviceSession
{
    private const int H265 = 2; // video_type, specification 5.2.1

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Platform _platform;
    private readonly TimeProvider _time;
    private readonly PacketWriter _writer;
    private readonly ConnectionEnd _end;
    private readonly SessionLedger _ledger;
    private uint _nextPing;
    private uint _nextTalk;
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
        Reads = new ReadGate(_time, () => Tell(GatewayNoticeKind.ReadsResumed, ""));
        _ledger = new SessionLedger(
            platform.Options, Plan, login.VideoType == H265, Reads, finding => Tell(GatewayNoticeKind.Violation, finding));
        Known = platform.Known.Of(login.Mac);
        Asked = new CommandDesk(platform, this);
        Told = new DeviceMessages(platform, this, Asked.Pending);
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
    public DeviceCounters Counters => _ledger.Counters;

    /// <summary>When the latest packet arrived, or the login, by the gateway's clock.</summary>
    public DateTimeOffset LastPacketAt => _ledger.LastPacketAt;

    /// <summary>How well the device has kept to the specification so far.</summary>
    public StreamAuditReport Audit => _ledger.Audit;

    /// <summary>The first 100 violations that <see cref="Audit"/> counts, in words; each is also told as a notice.</summary>
    public IReadOnlyList<string> Violations => _ledger.Violations;

    /// <summary>The viewers that were started and not stopped.</summary>
    public IReadOnlyCollection<string> Viewers => _ledger.Viewers;

    /// <summary>What the device has reported over the OpenAPI since the gateway started; its versions since it registered.</summary>
    public DeviceReport Reported => Known.Report is { FirmwareVersion: null } report && _platform.Registry.Find(DeviceId) is { } record
        ? report with { ModelId = record.ModelId, FirmwareVersion = record.FirmwareVersion, CameraAppVersion = record.CameraAppVersion }
        : Known.Report;

    /// <summary>The latest 64 panorama pictures of this connection, oldest first (specification 5.2.11.7).</summary>
    public IReadOnlyList<PanoramaPicture> PanoramaPictures => Told.Pictures;

    /// <summary>The latest 100 reports of upgrades of this connection, oldest first (specification 5.2.11.2).</summary>
    public IReadOnlyList<FirmwareProgress> FirmwareReports => Told.FirmwareReports;

    /// <summary>The latest 16 statistics of this connection, oldest first (specification 5.2.12).</summary>
    public IReadOnlyList<DeviceStatistics> Statistics => Told.Statistics;

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
        _ledger.SetPlan(plan);
        return SendAsync(Messages.PlanChanged(plan), cancellationToken);
    }

    /// <summary>A viewer starts to watch (specification 5.2.9, type 8).</summary>
    /// <param name="viewerId">The viewer's id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task StartViewerAsync(string viewerId, CancellationToken cancellationToken = default)
    {
        _ledger.AddViewer(viewerId);
        Tell(GatewayNoticeKind.ViewerStarted, viewerId);
        return SendAsync(Messages.ViewerStarts(DeviceId, viewerId), cancellationToken);
    }

    /// <summary>A viewer stops watching (specification 5.2.9, type 9).</summary>
    /// <param name="viewerId">The viewer's id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task StopViewerAsync(string viewerId, CancellationToken cancellationToken = default)
    {
        _ledger.RemoveViewer(viewerId);
        Tell(GatewayNoticeKind.ViewerStopped, viewerId);
        return SendAsync(Messages.ViewerEnds(DeviceId, viewerId), cancellationToken);
    }

    /// <summary>Tells how many viewers are online (specification 5.2.9, type 0).</summary>
    /// <param name="count">The number, from 0.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SetViewerCountAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _ledger.SetViewerCount(count);
        return SendAsync(Messages.ViewerCount(DeviceId, count), cancellationToken);
    }

    /// <summary>Sends a command as an app does (specification 5.2.9, type 33); the answer comes as a DeviceMessage notice.</summary>
    /// <param name="json">The command; sent as it is, right or wrong.</param>
    /// <param name="sourceId">Who asks: the answer's dst_device_id.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SendCommandAsync(string json, string sourceId = "app", CancellationToken cancellationToken = default) =>
        Asked.SendAsync(json, sourceId, cancellationToken);

    /// <summary>
    /// Sends a command and waits for its answer where the specification has one. The answer is matched by msgSession and held against the
    /// specification: what is wrong with it is in <see cref="CommandAnswer.Problems"/>, and a violation. Several may wait at a time.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long to wait, sending included, by the gateway's clock; above zero and at most a day.</param>
    /// <param name="sourceId">Who asks: the answer's dst_device_id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer; that none came in time is an answer, too.</returns>
    /// <exception cref="IOException">The connection has ended, before it was sent or while it waited.</exception>
    /// <exception cref="InvalidOperationException">256 commands wait already.</exception>
    public Task<CommandAnswer> AskAsync(
        PlatformCommand command, TimeSpan timeout, string sourceId = "app", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestTimeout);
        return Asked.AskAsync(command, timeout, sourceId, cancellationToken);
    }

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
        Known.Thumbnails.Ask(TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)), _time.GetUtcNow());
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

    /// <summary>What is known of the device beyond this connection.</summary>
    internal KnownDevice Known { get; }

    /// <summary>The commands that were sent.</summary>
    internal CommandDesk Asked { get; }

    /// <summary>What the device sent of itself or in answer.</summary>
    internal DeviceMessages Told { get; }

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

    internal void CountPacket(int bytes, HEDGWMessage message) => _ledger.Add(bytes, message);

    /// <summary>Counts and tells faults of the device.</summary>
    internal void Violate(IReadOnlyList<string> problems) => _ledger.Violate(problems);

    private void Tell(GatewayNoticeKind kind, string text) => _platform.Notices.Post(kind, DeviceId, text);
}
