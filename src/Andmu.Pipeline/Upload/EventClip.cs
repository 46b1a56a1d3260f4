using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Upload;

/// <summary>One clip of the event-recording plan: which stretch of the media it is, and how far it has been sent.</summary>
/// <remarks>
/// <code>
///   key frame   pre-roll      event          event ends          post-roll ends
///   |-----------|-------------|--------------|-------------------|
///   Start       WantedFrom    Event          EventEnd            End            media time, ms
/// </code>
/// </remarks>
internal record struct EventClip
{
    /// <summary>The end of what still goes on.</summary>
    public const long Open = long.MaxValue;

    /// <summary>Counts from 1.</summary>
    public long Id { get; init; }

    /// <summary>Position of the key frame (of its parameter sets) that the clip starts with.</summary>
    public long StartPosition { get; set; }

    /// <summary>Media time of <see cref="StartPosition"/>.</summary>
    public long StartMs { get; set; }

    /// <summary>Everything that was written before <see cref="StartPosition"/>.</summary>
    public MediaTotals BeforeStart { get; set; }

    /// <summary>When the first event of the clip started, by the platform's clock.</summary>
    public DateTimeOffset EventTime { get; set; }

    /// <summary>The latest end of those of its events that have ended, by the platform's clock.</summary>
    public DateTimeOffset EventEndTime { get; set; }

    /// <summary>It happened before there was any media: its media times are found when there is.</summary>
    public bool IsUnplaced { get; set; }

    public long WantedFromMs { get; set; }

    public long EventMs { get; set; }

    /// <summary><see cref="Open"/> while an event goes on.</summary>
    public long EventEndMs { get; set; }

    /// <summary><see cref="Open"/> while an event goes on.</summary>
    public long EndMs { get; set; }

    /// <summary>Events in it, overlapping ones and those that came in the post-roll of another.</summary>
    public int Events { get; set; }

    /// <summary>Position from which it is sent with the event's flag; <see cref="MediaBuffer.None"/> while it is not sent.</summary>
    public long SentFrom { get; set; }

    /// <summary>Some of it has been sent on the event-recording plan, whether it has arrived or not.</summary>
    public bool WasBegun { get; set; }

    /// <summary>Position behind its last entry; <see cref="MediaBuffer.None"/> until all of it is sent.</summary>
    public long SentTo { get; set; }

    /// <summary>Media time of the first picture that the platform has of it; <see cref="Open"/> while nothing was sent with the event's flag.</summary>
    public long FirstMs { get; set; }

    /// <summary>The latest media time that was sent of it.</summary>
    public long LastMs { get; set; }

    /// <summary>What was lost of it.</summary>
    public MediaTotals Lost { get; set; }

    public readonly bool IsOpen => EndMs == Open;

    public readonly bool IsSent => SentTo != MediaBuffer.None;

    /// <summary>What became of it.</summary>
    public readonly EventClipReport ToReport(EventClipOutcome outcome)
    {
        bool any = FirstMs != Open;
        long preRoll = any ? Math.Max(0, Math.Min(EventMs, LastMs) - FirstMs) : 0;
        long missingPreRoll = any && FirstMs > EventMs ? FirstMs - WantedFromMs : EventMs - WantedFromMs - preRoll;
        long postRoll = any && !IsOpen ? Math.Max(0, LastMs - EventEndMs) : 0;
        long wantedPostRoll = IsOpen ? 0 : EndMs - EventEndMs;
        return new EventClipReport(EventTime, Events, outcome, Span(preRoll), Span(postRoll), Span(missingPreRoll), Span(wantedPostRoll - postRoll), Lost);
    }

    private static TimeSpan Span(long ms) => TimeSpan.FromMilliseconds(Math.Max(0, ms));
}
