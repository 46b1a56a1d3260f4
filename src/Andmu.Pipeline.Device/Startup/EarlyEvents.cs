using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Events from before there is an uplink: a battery camera is woken up by one. Kept until it is there, or their pictures are not in the buffer any
/// more: whoever registers a camera is not told of what it saw in the shop. The caller locks.</summary>
internal sealed class EarlyEvents(TimeProvider timeProvider, TimeSpan keep)
{
    /// <summary>Starts and ends; a device that reports more before it knows its user is not reporting what has woken it.</summary>
    private const int Capacity = 32;

    private readonly Queue<EarlyEvent> _events = new();

    /// <returns>False when too many wait already.</returns>
    public bool TryAdd(DeviceEventType type, bool started, DateTimeOffset? time)
    {
        while (_events.TryPeek(out EarlyEvent oldest) && AgeOf(oldest) > keep)
        {
            _events.Dequeue();
        }

        bool fits = _events.Count < Capacity;
        if (fits)
        {
            _events.Enqueue(new EarlyEvent(type, started, time, timeProvider.GetTimestamp()));
        }

        return fits;
    }

    /// <summary>Reports them, oldest first.</summary>
    /// <param name="uplink">Where to.</param>
    /// <param name="now">By the platform's clock, which was not known when they were reported.</param>
    public void ReportTo(UplinkSession uplink, DateTimeOffset now)
    {
        while (_events.TryDequeue(out EarlyEvent early))
        {
            TimeSpan age = AgeOf(early);
            if (age <= keep)
            {
                uplink.TryReportEvent(early.Type, early.Started, early.Time ?? now - age);
            }
        }
    }

    private TimeSpan AgeOf(in EarlyEvent early) => timeProvider.GetElapsedTime(early.Timestamp);

    private readonly record struct EarlyEvent(DeviceEventType Type, bool Started, DateTimeOffset? Time, long Timestamp);
}
