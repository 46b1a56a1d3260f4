namespace Andmu.Pipeline.Device.Startup;

/// <summary>How long to wait before a call is made again: full jitter, with the figures of the uplink's reconnects. One thread at a time.</summary>
/// <remarks>A wait is drawn evenly from 0 to a ceiling that doubles, so that all the cameras of a street that comes back from a power cut do not
/// call in step.</remarks>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan FirstCeiling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastCeiling = TimeSpan.FromSeconds(32);

    private TimeSpan _ceiling = FirstCeiling;

    public TimeSpan Next()
    {
        TimeSpan wait = _ceiling * random.NextDouble();
        _ceiling = _ceiling * 2 > LastCeiling ? LastCeiling : _ceiling * 2;
        return wait;
    }

    public void Reset() => _ceiling = FirstCeiling;
}
