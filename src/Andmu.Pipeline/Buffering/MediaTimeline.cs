namespace Andmu.Pipeline.Buffering;

/// <summary>Makes one media time without jumps out of the presentation times of a channel's two tracks.</summary>
/// <remarks>
/// A host's clock jumps: an encoder starts again at 0, a 90 kHz clock of 32 bits wraps every 13.25 hours, NTP steps it, another source has
/// another epoch. The bounds of the buffer, the pre-roll and the backlog are spans of time, so for them the time goes on:
/// <code>
///   presentation  ... 9960 10000 |    0   40   80 ...        a jump: by more than the bounds below
///   offset              0     0  | 10040              ...    found so that media time has passed by what has really passed
///   media time    ... 9960 10000 | 10040 10080 10120 ...
/// </code>
/// The two tracks have one clock, but jump a few ms apart. Each has its own offset; the one that jumps first finds the new one, and the other
/// takes that when it fits better than its own: so they stay together to the millisecond.
/// Pure, allocates nothing. Not thread-safe: the buffer's lock guards it.
/// </remarks>
internal struct MediaTimeline
{
    /// <summary>Pictures go back in time by their reordering: at most 16 pictures (ITU-T H.264 A.3.1, max_dec_frame_buffering), two seconds at 8 a second.</summary>
    internal const long ReorderMs = 2_000;

    /// <summary>What a clock may gain on the monotonic one from one write to the next: a file is read faster than it plays, and may have holes.</summary>
    internal const long LeapMs = 10_000;

    /// <summary>No presentation time counts beyond this, 17,800 years: sums of it stay in range, and what comes of them is a <see cref="TimeSpan"/> still.</summary>
    private const long FarthestMs = 1L << 49;

    private bool _started;
    private Clock _video;
    private Clock _audio;
    private long _newestOffset;

    /// <summary>The media time of what is written now.</summary>
    /// <param name="isVideo">Which of the two tracks.</param>
    /// <param name="presentationMs">As the host gave it, ms.</param>
    /// <param name="nowMs">A monotonic clock, ms.</param>
    public long Next(bool isVideo, long presentationMs, long nowMs)
    {
        presentationMs = Math.Clamp(presentationMs, -FarthestMs, FarthestMs);
        if (!_started)
        {
            _started = true;
            _video = _audio = new Clock { HighestMs = presentationMs, AtMs = nowMs };
        }

        Clock clock = isVideo ? _video : _audio;
        Clock other = isVideo ? _audio : _video;
        long passed = Math.Max(0, nowMs - clock.AtMs);
        if (clock.Distance(presentationMs + _newestOffset, passed) < clock.Distance(presentationMs + clock.OffsetMs, passed))
        {
            clock.OffsetMs = _newestOffset;
        }

        // What the other track has reached is no leap: a file may hold all of one before the other.
        long media = presentationMs + clock.OffsetMs;
        if (media < clock.HighestMs - ReorderMs || media > Math.Max(clock.HighestMs + passed, other.HighestMs) + LeapMs)
        {
            media = Math.Max(clock.HighestMs + Math.Max(1, passed), other.HighestMs);
            clock.OffsetMs = _newestOffset = media - presentationMs;
        }

        clock.HighestMs = Math.Max(clock.HighestMs, media);
        clock.AtMs = nowMs;
        (isVideo ? ref _video : ref _audio) = clock;
        return media;
    }

    private struct Clock
    {
        /// <summary>From presentation time to media time.</summary>
        public long OffsetMs;

        /// <summary>The highest media time given.</summary>
        public long HighestMs;

        /// <summary>When the last was given, by the monotonic clock.</summary>
        public long AtMs;

        /// <summary>How far a media time lies from where the next is expected: between the highest, and as much later as has really passed.</summary>
        public readonly long Distance(long mediaMs, long passedMs) => Math.Max(HighestMs - mediaMs, Math.Max(0, mediaMs - HighestMs - passedMs));
    }
}
