using System.Net;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway;

/// <summary>
/// A device that is logged in, and what the platform can do to it. Every member may be used from any thread; a send waits until
/// the device takes the bytes, and throws <see cref="IOException"/> when the connection has ended.
/// </summary>
public sealed class DeviceSession
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _viewers = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly PlanBook _plans;
    private readonly PacketWriter _writer;
    private readonly ConnectionEnd _end;
    private readonly StreamAudit _audit;
    private DeviceCounters _counters;
    private long _lastPing;
    private uint _nextPing;
    private uint _nextCommand;
    private uint _nextTalk;
    private TaskCompletionSource? _stalled;

    internal DeviceSession(
        string deviceId, DeviceLogin login, EndPoint? remote, GatewayOptions options, PlanBook plans, PacketWriter writer, ConnectionEnd end)
    {
        DeviceId = deviceId;
        Login = login;
        RemoteEndPoint = remote;
        _time = options.TimeProvider;
        _plans = plans;
        _writer = writer;
        _end = end;
        ConnectedAt = _time.GetUtcNow();
        _lastPing = _time.GetTimestamp();
        _audit = new StreamAudit(options.PingPongSpan);
        _audit.SetPlan(Plan);
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
    public DevicePlan Plan => _plans.PlanOf(DeviceId);

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
        _plans.Set(DeviceId, plan);
        lock (_gate)
        {
            _audit.SetPlan(plan);
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
        }

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
        }

        return SendAsync(Messages.ViewerEnds(DeviceId, viewerId), cancellationToken);
    }

    /// <summary>Tells how many viewers are online (specification 5.2.9, type 0).</summary>
    /// <param name="count">The number, from 0.</param>
    /// <param name="cancellationToken">Gives up waiting for the device to take the bytes.</param>
    public Task SetViewerCountAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
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
    /// Stops reading, so that the device meets back-pressure, or goes on. While stalled the connection is not held to be dead.
    /// The packet in progress, and what the buffers of both ends take, still passes.
    /// </summary>
    /// <param name="stalled">True to stop, false to go on.</param>
    public void StallReads(bool stalled)
    {
        lock (_gate)
        {
            if (!stalled)
            {
                _stalled?.TrySetResult();
                _stalled = null;
            }
            else
            {
                _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Closes the connection in an orderly way; completes when it is closed.</summary>
    public Task CloseAsync()
    {
        End(DisconnectReason.ClosedByGateway, "asked for by the host");
        return _end.Completion;
    }

    /// <summary>Resets the connection at once: the device sees RST, not FIN.</summary>
    public void Abort() => _end.Reset(DisconnectReason.AbortedByGateway, "asked for by the host");

    internal bool IsStalled => _stalled is not null;

    internal void End(DisconnectReason reason, string detail) => _end.Request(reason, detail);

    internal Task SendAsync(HEDGWMessage message, CancellationToken cancellationToken) => _writer.SendAsync(message, cancellationToken);

    /// <summary>Waits while reads are stalled, but not for a device that is gone.</summary>
    internal async ValueTask WhenReadsMayGoOnAsync(CancellationToken cancellationToken)
    {
        Task? stalled;
        lock (_gate)
        {
            stalled = _stalled?.Task;
        }

        if (stalled is not null)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.ClosedByPeer);
            await stalled.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    internal void CountPacket(int bytes, HEDGWMessage message)
    {
        lock (_gate)
        {
            _counters = SessionCounting.Add(_counters, bytes, message);
            if (message.TdMediaPackage is { } package && message.MessageType == HEDGWMessage.Types.MessageType.TdmediaPackage)
            {
                _audit.AddMedia(MediaFacts.Of(package));
            }
            else if (message.MessageType == HEDGWMessage.Types.MessageType.Ping)
            {
                long now = _time.GetTimestamp();
                _audit.AddPing(_time.GetElapsedTime(_lastPing, now));
                _lastPing = now;
            }
        }
    }
}
