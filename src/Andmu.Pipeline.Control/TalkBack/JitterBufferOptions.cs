namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>Sizes and patience of a <see cref="JitterBuffer"/>.</summary>
public sealed record JitterBufferOptions
{
    /// <summary>Most packs held, 2 to 1024; 32 are 640 ms of 20 ms packs.</summary>
    public int Capacity { get; init; } = 32;

    /// <summary>
    /// Largest pack in bytes, 1 to 65536; 20 ms of G.711 are 160. Memory is this times the capacity, rounded up to a power of two, taken
    /// once.
    /// </summary>
    public int MaxPackBytes { get; init; } = 1024;

    /// <summary>How many packs behind a gap are held before it is given up, 1 to the capacity - 1.</summary>
    public int MaxWaitPacks { get; init; } = 5;

    /// <summary>How long the first pack behind a gap is held before the gap is given up.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(120);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Capacity, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPackBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPackBytes, 65536);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitPacks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(MaxWaitPacks, Capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWait, TimeSpan.Zero);
    }
}
