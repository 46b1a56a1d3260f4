using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Pacing;

namespace Andmu.Pipeline.Cli.Tests.Pacing;

public sealed class EventTimelineTests
{
    [Fact]
    public void TryTake_TimePasses_EveryEdgeOnceInOrder()
    {
        var timeline = new EventTimeline([Event(5, 2), Event(1, 4)]);

        Assert.Empty(Take(timeline, 0.9));
        Assert.Equal([(1, true)], Take(timeline, 1));
        Assert.Equal([(5, false), (5, true)], Take(timeline, 6)); // the end of one before the start of the next
        Assert.Equal([(7, false)], Take(timeline, 100));
        Assert.Equal((0, 0), timeline.Finish());
    }

    [Fact]
    public void Finish_InTheMiddle_OpenEventsAndThoseNotReached()
    {
        var timeline = new EventTimeline([Event(1, 10), Event(2, 1), Event(20, 2)]);
        Take(timeline, 5);

        Assert.Equal((1, 1), timeline.Finish());
        Assert.Empty(Take(timeline, 100));
    }

    private static PlannedEvent Event(double start, double length) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(length));

    private static List<(double, bool)> Take(EventTimeline timeline, double now)
    {
        var edges = new List<(double, bool)>();
        while (timeline.TryTake(TimeSpan.FromSeconds(now), out EventEdge edge))
        {
            edges.Add((edge.Time.TotalSeconds, edge.Started));
        }

        return edges;
    }
}
