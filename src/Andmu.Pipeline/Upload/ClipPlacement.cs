using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Upload;

/// <summary>Where an event's clip lies in the media: from the platform's time of what happened to positions and media times of the buffer, pre-roll and post-roll
/// included (specification 5.2.1, 5.2.3).</summary>
/// <remarks>Holds nothing of its own: whoever owns the clips guards them.</remarks>
/// <param name="buffer">What the clips are cut from.</param>
/// <param name="options">Pre-roll and post-roll.</param>
internal sealed class ClipPlacement(MediaBuffer buffer, EventRecordingOptions options)
{
    /// <summary>A clip of an event that has just begun, with no end yet.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="time">When it happened, by the platform's clock.</param>
    /// <param name="floor">The first position that may be sent.</param>
    public EventClip Open(long id, DateTimeOffset time, long floor)
    {
        var clip = new EventClip
        {
            Id = id,
            EventTime = time,
            EventEndTime = time,
            EventEndMs = EventClip.Open,
            EndMs = EventClip.Open,
            Events = 1,
            SentFrom = MediaBuffer.None,
            SentTo = MediaBuffer.None,
            FirstMs = EventClip.Open,
        };
        Place(ref clip, floor);
        return clip;
    }

    /// <summary>Whether what happened at this time, with its pre-roll, overlaps a clip with its post-roll.</summary>
    public bool Overlaps(in EventClip clip, DateTimeOffset time) => clip.IsOpen || WantedFrom(time) <= clip.EndMs;

    /// <summary>Another event belongs to a clip. A detector may tell an earlier one later: what is being sent already is not begun anew for it, the report says
    /// what is missing.</summary>
    public void Join(ref EventClip clip, DateTimeOffset time, long floor)
    {
        clip.Events++;
        clip.EventEndTime = clip.EventEndTime > time ? clip.EventEndTime : time;
        clip.EventEndMs = clip.EndMs = EventClip.Open;
        if (time >= clip.EventTime)
        {
            return;
        }

        clip.EventTime = time;
        if (clip.SentFrom == MediaBuffer.None)
        {
            Place(ref clip, floor);
        }
        else
        {
            clip.EventMs = Math.Min(clip.EventMs, buffer.MediaTimeOf(time));
            clip.WantedFromMs = clip.EventMs - PreRollMs;
        }
    }

    /// <summary>The last of a clip's events is over: the post-roll begins at the latest of their ends.</summary>
    public void End(ref EventClip clip)
    {
        clip.EventEndMs = Math.Max(buffer.MediaTimeOf(clip.EventEndTime), clip.EventMs);
        clip.EndMs = clip.EventEndMs + PostRollMs;
    }

    /// <summary>A clip of what happened before there was any media is placed by the first that comes.</summary>
    public void PlaceLate(ref EventClip clip, long floor)
    {
        if (clip.IsUnplaced && !buffer.IsEmpty)
        {
            Place(ref clip, floor);
        }
    }

    private long PreRollMs => (long)options.PreRoll.TotalMilliseconds;

    private long PostRollMs => (long)options.PostRoll.TotalMilliseconds;

    private long WantedFrom(DateTimeOffset time) => buffer.MediaTimeOf(time) - PreRollMs;

    private void Place(ref EventClip clip, long floor)
    {
        clip.IsUnplaced = buffer.IsEmpty;
        clip.EventMs = buffer.MediaTimeOf(clip.EventTime);
        clip.WantedFromMs = clip.EventMs - PreRollMs;
        clip.StartPosition = buffer.GopAtOrBefore(clip.WantedFromMs, floor, out long startMs, out MediaTotals before);
        clip.StartMs = startMs;
        clip.BeforeStart = before;
        if (!clip.IsOpen)
        {
            End(ref clip);
        }
    }
}
