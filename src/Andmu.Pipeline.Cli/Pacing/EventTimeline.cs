using Andmu.Pipeline.Cli.Options;

namespace Andmu.Pipeline.Cli.Pacing;

/// <summary>The starts and ends of planned events, in the order of time.</summary>
internal sealed class EventTimeline
{
    private readonly EventEdge[] _edges;
    private int _next;

    public EventTimeline(IReadOnlyList<PlannedEvent> events)
    {
        var edges = new List<EventEdge>(events.Count * 2);
        foreach (PlannedEvent planned in events)
        {
            edges.Add(new EventEdge(planned.Start, Started: true));
            edges.Add(new EventEdge(planned.End, Started: false));
        }

        // An end comes before a start at the same time: two events one after the other, not one inside the other.
        _edges = [.. edges.OrderBy(edge => edge.Time).ThenBy(edge => edge.Started)];
    }

    /// <summary>The next edge that is due at <paramref name="now"/>, once.</summary>
    public bool TryTake(TimeSpan now, out EventEdge edge)
    {
        edge = _next < _edges.Length ? _edges[_next] : default;
        bool isDue = _next < _edges.Length && edge.Time <= now;
        _next += isDue ? 1 : 0;
        return isDue;
    }

    /// <summary>The input is over: ends what has started, at that time. What has not started by then never does.</summary>
    /// <returns>The ends to report, and how many events were not reached.</returns>
    public (int OpenEvents, int NotReached) Finish()
    {
        int open = 0;
        foreach (EventEdge edge in _edges.AsSpan(0, _next))
        {
            open += edge.Started ? 1 : -1;
        }

        int starts = 0;
        foreach (EventEdge edge in _edges.AsSpan(_next))
        {
            starts += edge.Started ? 1 : 0;
        }

        _next = _edges.Length;
        return (open, starts);
    }
}

/// <summary>The start or the end of an event.</summary>
internal readonly record struct EventEdge(TimeSpan Time, bool Started);
