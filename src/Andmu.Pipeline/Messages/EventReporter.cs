using Andmu.Hedgw;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Messages;

/// <summary>Takes what the host's detectors say to the platform (DevEventCmd, specification 5.2.6), and has the clip of it sent. Thread-safe.</summary>
/// <param name="buffer">Where the clips are.</param>
/// <param name="parts">What it acts on.</param>
/// <param name="backlog">Takes what happens while there is no connection, if it can.</param>
internal sealed class EventReporter(MediaBuffer buffer, UplinkParts parts, BacklogKeeper backlog)
{
    /// <summary>A key frame that is this young need not be asked for again: a player starts at it.</summary>
    private const long YoungGopMs = 1000;

    /// <summary>An event has started in the middle of a GOP. Taken by the send loop.</summary>
    private int _inMidGop;

    /// <returns>False when too many messages wait already: the platform is not told, the clip is sent all the same.</returns>
    public bool TryReport(DeviceEventType type, bool started, DateTimeOffset time, string? message)
    {
        HEDGWMessage? envelope = backlog.TryKeep(type, started, time, message) ? null : Envelope(type, started, time, message);
        return type == DeviceEventType.PersonCount ? Post(envelope, after: 0) // figures, not a happening: nothing to film
            : started ? Start(type, time, envelope)
            : End(type, time, envelope);
    }

    /// <summary>Whether an event has started in the middle of a GOP since the last call.</summary>
    public bool TakeInMidGop() => Interlocked.Exchange(ref _inMidGop, 0) != 0;

    /// <summary>The start is told at once, for it may raise an alarm, and before the first package of the clip.</summary>
    private bool Start(DeviceEventType type, DateTimeOffset time, HEDGWMessage? envelope)
    {
        parts.Outbox.ReleaseHeld(); // an end is never told after the next start
        bool posted = Post(envelope, after: 0);
        if (!parts.Inputs.IsDeviceOn)
        {
            return posted; // what is captured while it is off is never sent
        }

        parts.Clips.Prune(report: parts.Inputs.Plan == DevicePlan.Event);
        long from = parts.Clips.Start(type, time, parts.Inputs.Floor);
        if (parts.Inputs.IsAnythingDue)
        {
            parts.Cursor.RetainToo(from);
            Interlocked.Exchange(ref _inMidGop, buffer.NewestGopAgeMs > YoungGopMs ? 1 : 0);
        }

        parts.Signal.Set();
        return posted;
    }

    /// <summary>The end is told behind the media of the event, so that start and end enclose it on the wire as they do in time.</summary>
    private bool End(DeviceEventType type, DateTimeOffset time, HEDGWMessage? envelope)
    {
        parts.Clips.End(type, time);
        return Post(envelope, after: parts.Inputs.Plan == DevicePlan.Event ? buffer.End : 0);
    }

    private bool Post(HEDGWMessage? envelope, long after) => envelope is null || parts.Outbox.TryPost(envelope, keepUntilConfirmed: true, after);

    private static HEDGWMessage Envelope(DeviceEventType type, bool started, DateTimeOffset time, string? message)
    {
        var report = new DevEventCmd { Type = (uint)type, Status = started ? 1u : 0u, IpcamTime = (ulong)Math.Max(0, time.ToUnixTimeMilliseconds()) };
        if (message is not null)
        {
            report.Msg = message;
        }

        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevEventCmd, DevEventCmd = report };
    }
}
