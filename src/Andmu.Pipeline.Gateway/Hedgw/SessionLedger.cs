using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>What one connection has brought so far and how well it kept to the specification. Safe for any thread.</summary>
internal sealed class SessionLedger
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _viewers = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ReadGate _reads;
    private readonly Action<string> _tellViolation;
    private readonly StreamAudit _audit;
    private DeviceCounters _counters;
    private DateTimeOffset _lastPacket;
    private long _lastPing;
    private int _viewerCount;
    private long _holdsAtPing;

    /// <param name="options">The clock, and the heartbeat that the device was told.</param>
    /// <param name="plan">The plan that the login was answered with.</param>
    /// <param name="hasLeadingPictures">H.265.</param>
    /// <param name="reads">Whether the device can be blamed for being late.</param>
    /// <param name="tellViolation">Is called for each violation that is kept.</param>
    public SessionLedger(GatewayOptions options, DevicePlan plan, bool hasLeadingPictures, ReadGate reads, Action<string> tellViolation)
    {
        _time = options.TimeProvider;
        _reads = reads;
        _tellViolation = tellViolation;
        _lastPacket = _time.GetUtcNow();
        _lastPing = _time.GetTimestamp();
        _audit = new StreamAudit(options.PingPongSpan, hasLeadingPictures);
        _audit.Plan.Start(plan, _lastPacket);
    }

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

    public DateTimeOffset LastPacketAt
    {
        get
        {
            lock (_gate)
            {
                return _lastPacket;
            }
        }
    }

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

    public void SetPlan(DevicePlan plan)
    {
        lock (_gate)
        {
            _audit.Plan.SetPlan(plan, _time.GetUtcNow());
        }
    }

    public void AddViewer(string viewerId)
    {
        lock (_gate)
        {
            _viewers.Add(viewerId);
            AuditViewers();
        }
    }

    public void RemoveViewer(string viewerId)
    {
        lock (_gate)
        {
            _viewers.Remove(viewerId);
            AuditViewers();
        }
    }

    public void SetViewerCount(int count)
    {
        lock (_gate)
        {
            _viewerCount = count;
            AuditViewers();
        }
    }

    /// <summary>Counts a packet.</summary>
    public void Add(int bytes, HEDGWMessage message)
    {
        IReadOnlyList<string> findings;
        lock (_gate)
        {
            _lastPacket = _time.GetUtcNow();
            _counters = SessionCounting.Add(_counters, bytes, message);
            if (message.TdMediaPackage is { } package && message.MessageType == MessageType.TdmediaPackage)
            {
                _audit.AddMedia(MediaFacts.Of(package), _lastPacket);
            }
            else if (message.MessageType == MessageType.Ping)
            {
                CountPing();
            }

            findings = _audit.Findings.TakeNew();
        }

        Tell(findings);
    }

    /// <summary>Counts faults that were found outside the media.</summary>
    public void Violate(IReadOnlyList<string> problems)
    {
        IReadOnlyList<string> findings;
        lock (_gate)
        {
            foreach (string problem in problems)
            {
                _audit.AddMessageViolation(problem);
            }

            findings = _audit.Findings.TakeNew();
        }

        Tell(findings);
    }

    private void Tell(IReadOnlyList<string> findings)
    {
        foreach (string finding in findings)
        {
            _tellViolation(finding);
        }
    }

    private void AuditViewers() => _audit.Plan.SetWatched(_viewers.Count > 0 || _viewerCount > 0, _time.GetUtcNow());

    private void CountPing()
    {
        long now = _time.GetTimestamp();
        long holds = _reads.Holds.Count;
        _audit.AddPing(_time.GetElapsedTime(_lastPing, now), isHeld: holds != _holdsAtPing);
        _lastPing = now;
        _holdsAtPing = holds;
    }
}
