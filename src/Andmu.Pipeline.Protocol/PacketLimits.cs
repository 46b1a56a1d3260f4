namespace Andmu.Pipeline.Protocol;

/// <summary>
/// The longest packets accepted from a peer, by the value of the length prefix. Immutable, so free to share between threads.
/// </summary>
/// <remarks>
/// The specification (5.2) sets no limit: these are what bounds a receiver's memory. A control limit above the media limit has no
/// effect, as the media limit is checked first.
/// </remarks>
public sealed record PacketLimits
{
    /// <summary>The default limits: 16 MiB for media, 1 MiB for everything else.</summary>
    public static PacketLimits Default { get; } = new();

    /// <summary>The longest packet of any kind, in bytes after the length prefix; at least 1. Default 16 MiB.</summary>
    /// <remarks>16 MiB is 20 times the largest key frame we expect (1080p at 8 Mbit/s with one second's bits in one picture).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxMediaPacketBytes
    {
        get;
        init => field = Positive(value);
    } = 16 * 1024 * 1024;

    /// <summary>The longest packet that is not a media package, in bytes after the length prefix; at least 1. Default 1 MiB.</summary>
    /// <remarks>Strings have at most 1024 bytes and the largest data is a 640x360 JPEG (specification 5.2.11.7): 1 MiB is ample.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxControlPacketBytes
    {
        get;
        init => field = Positive(value);
    } = 1024 * 1024;

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
