namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Whether media may flow at all, and with which control_flag (specification 5.2.1, 5.2.3, 5.2.8 and 6.2):
/// <code>
/// plan         media                                       control_flag
/// 0 trial      always                                      none
/// 1 cloud      always                                      none
/// 2 expired    while a viewer watches                      none
/// 3 event      caused by an event                          1
///              while a viewer watches                      2
/// 44 deleted   never
/// </code>
/// A change reaches the device later, and what was taken before it may come much later over a slow network.
/// </summary>
internal sealed class PlanAudit(AuditFindings findings)
{
    // Longer than a round trip and a device's reaction, shorter than a GOP of most cameras.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private const uint ByEvent = 1;
    private const uint ByViewer = 2;

    private DevicePlan _plan;
    private bool _watched;
    private DateTimeOffset? _planSince;
    private DateTimeOffset _unwatchedSince;

    public long MissingFlags { get; private set; }

    public long UnexpectedFlags { get; private set; }

    public long AgainstPlan { get; private set; }

    /// <summary>Whether media has ever flowed on demand only: then a device may go back to a key frame to begin.</summary>
    public bool IsOnDemand { get; private set; }

    /// <summary>The plan that a login was answered with, and the time: media of before may still come after a reconnect.</summary>
    public void Start(DevicePlan plan, DateTimeOffset now)
    {
        _plan = plan;
        IsOnDemand = plan is DevicePlan.Expired or DevicePlan.Event;
        _unwatchedSince = now;
    }

    public void SetPlan(DevicePlan plan, DateTimeOffset now)
    {
        if (plan != _plan)
        {
            _plan = plan;
            _planSince = now;
            IsOnDemand |= plan is DevicePlan.Expired or DevicePlan.Event;
        }
    }

    public void SetWatched(bool watched, DateTimeOffset now)
    {
        _unwatchedSince = _watched && !watched ? now : _unwatchedSince;
        _watched = watched;
    }

    public void Check(in MediaFacts package, DateTimeOffset now)
    {
        if (_planSince is { } since && IsUnderWay(package, since, now))
        {
            return;
        }

        uint? flag = package.ControlFlag;
        if (_plan == DevicePlan.Event && flag is not (ByEvent or ByViewer))
        {
            MissingFlags++;
            findings.Add($"{package}: control_flag is {(flag is { } f ? $"{f}" : "missing")}, on the event plan it is 1 or 2 (specification 5.2.3)");
        }
        else if (_plan != DevicePlan.Event && flag is not null)
        {
            UnexpectedFlags++;
            findings.Add($"{package}: control_flag is {flag}, on the plan {_plan} there is none (specification 5.2.3)");
        }
        else if (NeedsAViewer(flag) && !_watched && !IsUnderWay(package, _unwatchedSince, now))
        {
            AgainstPlan++;
            findings.Add(_plan == DevicePlan.Event
                ? $"{package}: control_flag is 2, but no viewer watches (specification 5.2.3)"
                : $"{package}: media on the plan {_plan}, though no viewer watches (specification 6.2)");
        }
        else if (_plan == DevicePlan.Deleted)
        {
            AgainstPlan++;
            findings.Add($"{package}: media of a device that was deleted (specification 5.2.8)");
        }
    }

    private bool NeedsAViewer(uint? flag) => _plan == DevicePlan.Expired || (_plan == DevicePlan.Event && flag == ByViewer);

    private static bool IsUnderWay(in MediaFacts package, DateTimeOffset change, DateTimeOffset now)
    {
        DateTimeOffset end = change + Grace;
        return now < end || (package.TakenAt is > 0 and var taken && taken < (ulong)end.ToUnixTimeMilliseconds());
    }
}
