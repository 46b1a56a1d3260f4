using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Pacing;
using Andmu.Pipeline.Cli.Sources;

namespace Andmu.Pipeline.Cli.Feeding;

/// <summary>What a simulated camera sees, hears and notices.</summary>
internal sealed class FeedInput : IDisposable
{
    public required VideoFile Video { get; init; }

    /// <summary>Null for a camera without a microphone.</summary>
    public ALawFile? Audio { get; init; }

    public required FrameTimeline Timeline { get; init; }

    /// <summary>With the wall clock, and what there is no room for is lost, as with a camera; else as fast as it is taken, and nothing is lost.</summary>
    public bool InRealTime { get; init; }

    /// <summary>Where to end if the input does not before.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.MaxValue;

    public IReadOnlyList<PlannedEvent> Events { get; init; } = [];

    public void Dispose()
    {
        Video.Dispose();
        Audio?.Dispose();
    }
}
