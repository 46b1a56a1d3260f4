namespace Andmu.Pipeline.Session;

/// <summary>Monotonic time since the uplink was made: wall-clock steps do not touch its deadlines.</summary>
internal sealed class UplinkClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeProvider TimeProvider { get; } = timeProvider;

    public TimeSpan Now => TimeProvider.GetElapsedTime(_start);
}
