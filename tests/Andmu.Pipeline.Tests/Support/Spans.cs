using System.Collections.Concurrent;
using System.Diagnostics;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>Listens to the spans of the uplink; those of other tests' uplinks are left out by their channel.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;

    public Spans(string channel)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Andmu.Pipeline",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (channel.Equals(span.GetTagItem("andmu.channel")))
                {
                    _stopped.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity[] Stopped => [.. _stopped];

    public void Dispose() => _listener.Dispose();
}
