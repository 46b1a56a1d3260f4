namespace Andmu.Pipeline.Buffering;

/// <summary>The three bounds of a <see cref="MediaBuffer"/>. All memory is taken when the buffer is made; it never grows.</summary>
/// <remarks>What is oldest goes first when any bound is reached. A buffer of S seconds at B bit/s wants about
/// <c>S * B / 8</c> bytes plus one key frame of slack, because an access unit is never split in two.</remarks>
public sealed record MediaBufferOptions
{
    /// <summary>Bytes of media held. Default 16 MiB: about a minute of 2 Mbit/s video. Range 64 KiB to 1 GiB.</summary>
    public int CapacityBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Time held, from the oldest to the newest access unit by presentation time. Default 60 s. At least 1 s.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Entries held: access units, audio packs and parameter sets. Default 8192: a minute of 60 fps video with
    /// 20 ms audio, twice over. Rounded up to a power of two. Range 64 to 1,048,576.</summary>
    public int MaxEntries { get; init; } = 8192;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CapacityBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CapacityBytes, 1024 * 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDuration, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEntries, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxEntries, 1 << 20);
    }
}
