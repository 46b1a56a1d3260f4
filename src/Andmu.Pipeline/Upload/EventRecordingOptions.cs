namespace Andmu.Pipeline.Upload;

/// <summary>How much is recorded around an event on the event-recording plan (specification 5.2.1, 5.2.3).</summary>
public sealed record EventRecordingOptions
{
    /// <summary>The specification asks for at least 4 to 5 s before an event.</summary>
    private static readonly TimeSpan ShortestPreRoll = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LongestPreRoll = TimeSpan.FromSeconds(15);

    /// <summary>The specification asks for at least 10 s after an event.</summary>
    private static readonly TimeSpan ShortestPostRoll = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPostRoll = TimeSpan.FromMinutes(5);

    /// <summary>What comes before the event. Default 5 s, range 4 to 15 s. A clip starts at the key frame at or before it, so it is longer by up to a GOP;
    /// the buffer must hold that much, and more for a network that is slower than the media.</summary>
    public TimeSpan PreRoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What comes after the end of the event. Default 10 s, range 10 s to 5 min.</summary>
    public TimeSpan PostRoll { get; init; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PreRoll, ShortestPreRoll);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PreRoll, LongestPreRoll);
        ArgumentOutOfRangeException.ThrowIfLessThan(PostRoll, ShortestPostRoll);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PostRoll, LongestPostRoll);
    }
}
