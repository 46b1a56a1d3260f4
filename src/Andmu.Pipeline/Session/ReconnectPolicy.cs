namespace Andmu.Pipeline.Session;

/// <summary>Whether and when to try again. Pure but for the random numbers it is given.</summary>
/// <remarks>Full jitter: a wait is drawn evenly from 0 to a ceiling that doubles, so that a thousand cameras that lost the same gateway do not
/// come back in step. The ceiling falls back to its start only after 90 s online: a gateway that drops everybody at
/// once right after the login is not helped by haste.</remarks>
internal sealed class ReconnectPolicy(Random random)
{
    public static readonly TimeSpan FirstCeiling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastCeiling = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan NotAdmittedWait = TimeSpan.FromSeconds(90); // specification 5.2.1, result 2008

    private TimeSpan _ceiling = FirstCeiling;
    private bool _refusedBefore;

    /// <summary>The wait before the next try, or null when trying again is of no use.</summary>
    /// <param name="fault">How the last try ended.</param>
    /// <param name="online">How long it had been online.</param>
    public TimeSpan? Next(UplinkFaultKind fault, TimeSpan online)
    {
        if (online >= Healthy)
        {
            _ceiling = FirstCeiling;
        }

        if (online > TimeSpan.Zero)
        {
            _refusedBefore = false;
        }

        switch (fault)
        {
            case UplinkFaultKind.DeviceDeleted or UplinkFaultKind.Stopped:
                return null;
            case UplinkFaultKind.LoginRefused when _refusedBefore:
                return null;
            case UplinkFaultKind.NotAdmitted:
                return NotAdmittedWait + Jitter(FirstCeiling);
        }

        // A refused login is tried once more, at an address asked for anew (specification 5.2.1, remark on failed logins).
        _refusedBefore |= fault == UplinkFaultKind.LoginRefused;
        TimeSpan wait = Jitter(_ceiling);
        _ceiling = _ceiling * 2 > LastCeiling ? LastCeiling : _ceiling * 2;
        return wait;
    }

    private TimeSpan Jitter(TimeSpan ceiling) => ceiling * random.NextDouble();
}
