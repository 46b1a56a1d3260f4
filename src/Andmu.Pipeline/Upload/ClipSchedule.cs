using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Upload;

/// <summary>The clips of the event-recording plan, oldest first, from an event to the proof that the platform has its clip. Thread-safe; allocates
/// nothing after its start. It outlives a connection, so that what happened while offline is sent after it.</summary>
/// <remarks>Kept on every plan, for the plan may change in the middle of an event; sent on the event-recording plan only.</remarks>
internal sealed class ClipSchedule
{
    /// <summary>Clips that may wait: more than a minute of buffer holds, as none is shorter than four seconds.</summary>
    private const int Capacity = 32;

    private readonly Lock _lock = new();
    private readonly MediaBuffer _buffer;
    private readonly EventRecordingOptions _options;
    private readonly Action<EventClipReport> _ended;
    private readonly EventClip[] _clips = new EventClip[Capacity];
    private int _count;
    private long _ids;
    private uint _active; // a bit for every type of event that goes on

    /// <param name="buffer">What the clips are cut from.</param>
    /// <param name="options">Pre-roll and post-roll.</param>
    /// <param name="ended">Told of every clip that has ended, outside of the lock.</param>
    public ClipSchedule(MediaBuffer buffer, EventRecordingOptions options, Action<EventClipReport> ended)
    {
        _buffer = buffer;
        _options = options;
        _ended = ended;
    }

    private delegate bool Which(in EventClip clip, long argument);

    private long PreRollMs => (long)_options.PreRoll.TotalMilliseconds;

    private long PostRollMs => (long)_options.PostRoll.TotalMilliseconds;

    /// <summary>Clips of which not all is sent.</summary>
    public bool HasDue
    {
        get
        {
            lock (_lock)
            {
                return FirstDue() >= 0;
            }
        }
    }

    /// <summary>Position behind the last clip that was sent, and may not have arrived; 0 when there is none.</summary>
    public long UnconfirmedTo
    {
        get
        {
            lock (_lock)
            {
                long to = 0;
                foreach (ref readonly EventClip clip in _clips.AsSpan(0, _count))
                {
                    to = Math.Max(to, clip.SentTo);
                }

                return to;
            }
        }
    }

    /// <summary>An event has started: it joins the clip that it overlaps, pre-roll and post-roll included, or has one of its own.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="time">When, by the platform's clock.</param>
    /// <param name="floor">The first position that may be sent: what lies before was captured while the device was switched off.</param>
    /// <returns>The position that the media is needed from.</returns>
    public long Start(DeviceEventType type, DateTimeOffset time, long floor)
    {
        long eventMs = _buffer.MediaTimeOf(time);
        lock (_lock)
        {
            _active |= Bit(type);
            long wantedFrom = eventMs - PreRollMs;
            ref EventClip last = ref _clips[Math.Max(_count - 1, 0)];
            bool joins = _count > 0 && !last.IsSent && (last.IsOpen || wantedFrom <= last.EndMs || _count == Capacity);
            if (joins)
            {
                last = last with { Events = last.Events + 1, EventEndMs = EventClip.Open, EndMs = EventClip.Open };
                return last.StartPosition;
            }

            if (_count == Capacity)
            {
                RemoveAt(0); // sent, for nothing else is in front of a clip that is sent: only its proof is missing
            }

            return Add(eventMs, wantedFrom, time, floor);
        }
    }

    /// <summary>An event has ended; with the last one the post-roll starts.</summary>
    public void End(DeviceEventType type, DateTimeOffset time)
    {
        long endMs = _buffer.MediaTimeOf(time);
        lock (_lock)
        {
            _active &= ~Bit(type);
            ref EventClip last = ref _clips[Math.Max(_count - 1, 0)];
            if (_active == 0 && _count > 0 && last.IsOpen)
            {
                last.EventEndMs = Math.Max(endMs, last.EventMs);
                last.EndMs = last.EventEndMs + PostRollMs;
            }
        }
    }

    /// <summary>The oldest clip of which not all is sent.</summary>
    public bool TryPeek(out EventClip clip)
    {
        lock (_lock)
        {
            int index = FirstDue();
            clip = index < 0 ? default : _clips[index];
            return index >= 0;
        }
    }

    /// <summary>Sending of a clip begins.</summary>
    /// <param name="id">Which.</param>
    /// <param name="position">The first position that carries the event's flag.</param>
    /// <param name="firstMs">Media time of the first picture that the platform has of it, which may have been sent before.</param>
    public void OnBegun(long id, long position, long firstMs)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                ref EventClip clip = ref _clips[index];
                clip.SentFrom = position;
                clip.FirstMs = firstMs;
                clip.LastMs = firstMs;
                clip.Lost = default;
            }
        }
    }

    /// <summary>The first entry of a clip was read: the buffer may not have reached back to the start any more.</summary>
    public void OnFirst(long id, long mediaMs)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                _clips[index].FirstMs = mediaMs;
            }
        }
    }

    public void OnLost(long id, in MediaTotals lost)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                _clips[index].Lost += lost;
            }
        }
    }

    /// <summary>The next picture lies behind the clip's end.</summary>
    /// <param name="id">Which.</param>
    /// <param name="mediaMs">Media time of that picture.</param>
    /// <param name="lastMs">The latest media time that was sent of the clip.</param>
    /// <param name="position">Position of the picture.</param>
    /// <returns>False when it goes on after all: an event has come in its post-roll.</returns>
    public bool TryFinish(long id, long mediaMs, long lastMs, long position)
    {
        lock (_lock)
        {
            int index = Find(id);
            if (index < 0)
            {
                return true;
            }

            ref EventClip clip = ref _clips[index];
            if (mediaMs < clip.EndMs)
            {
                return false;
            }

            clip.LastMs = lastMs;
            clip.SentTo = position;
            return true;
        }
    }

    /// <summary>The platform has everything before a position.</summary>
    public void OnArrived(long position)
    {
        while (TryTake(static (in EventClip clip, long to) => clip.IsSent && clip.SentTo <= to, position, out EventClip clip))
        {
            _ended(Report(clip, EventClipOutcome.Delivered));
        }
    }

    /// <summary>The connection broke: what may not have arrived is due again.</summary>
    /// <param name="arrived">First position that may not have arrived.</param>
    public void Reopen(long arrived)
    {
        lock (_lock)
        {
            foreach (ref EventClip clip in _clips.AsSpan(0, _count))
            {
                if (clip.SentTo > arrived)
                {
                    clip.SentTo = MediaBuffer.None;
                }
            }
        }
    }

    /// <summary>A continuous plan has uploaded up to here: clips that end before are part of that.</summary>
    public void ForgetThrough(long mediaMs)
    {
        while (TryTake(static (in EventClip clip, long to) => clip.EndMs <= to, mediaMs, out _))
        {
        }
    }

    /// <summary>Clips that nothing is left of in the buffer are not going to be sent.</summary>
    /// <param name="report">Whether they should have been.</param>
    public void Prune(bool report)
    {
        while (TryTake(static (in EventClip clip, long oldest) => clip.EndMs < oldest && !clip.IsSent, _buffer.OldestMs, out EventClip clip))
        {
            if (report)
            {
                _ended(Report(clip, EventClipOutcome.Evicted));
            }
        }
    }

    /// <summary>Gives up all clips, or only those whose events are over.</summary>
    public void GiveUp(EventClipOutcome outcome, bool keepOpen, bool report = true)
    {
        lock (_lock)
        {
            _active = keepOpen ? _active : 0;
        }

        while (TryTake(static (in EventClip clip, long through) => clip.EndMs <= through, keepOpen ? EventClip.Open - 1 : EventClip.Open, out EventClip clip))
        {
            if (report)
            {
                _ended(Report(clip, clip.IsSent ? EventClipOutcome.Delivered : outcome));
            }
        }
    }

    private static uint Bit(DeviceEventType type) => 1u << ((int)type & 31);

    private long Add(long eventMs, long wantedFrom, DateTimeOffset time, long floor)
    {
        long start = _buffer.GopAtOrBefore(wantedFrom, floor, out long startMs, out MediaTotals before);
        _clips[_count++] = new EventClip
        {
            Id = ++_ids,
            StartPosition = start,
            StartMs = startMs,
            BeforeStart = before,
            EventTime = time,
            WantedFromMs = wantedFrom,
            EventMs = eventMs,
            EventEndMs = EventClip.Open,
            EndMs = EventClip.Open,
            Events = 1,
            SentFrom = MediaBuffer.None,
            SentTo = MediaBuffer.None,
        };
        return start;
    }

    private int FirstDue()
    {
        for (int i = 0; i < _count; i++)
        {
            if (!_clips[i].IsSent)
            {
                return i;
            }
        }

        return -1;
    }

    private int Find(long id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_clips[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private bool TryTake(Which which, long argument, out EventClip clip)
    {
        lock (_lock)
        {
            for (int i = 0; i < _count; i++)
            {
                if (which(_clips[i], argument))
                {
                    clip = _clips[i];
                    RemoveAt(i);
                    return true;
                }
            }
        }

        clip = default;
        return false;
    }

    private void RemoveAt(int index)
    {
        _clips.AsSpan(index + 1, _count - index - 1).CopyTo(_clips.AsSpan(index));
        _clips[--_count] = default;
    }

    private static EventClipReport Report(in EventClip clip, EventClipOutcome outcome)
    {
        bool sent = clip.SentFrom != MediaBuffer.None;
        long preRoll = sent ? Math.Max(0, clip.EventMs - clip.FirstMs) : 0;
        long wantedPreRoll = clip.EventMs - clip.WantedFromMs;
        long postRoll = sent && clip.EventEndMs != EventClip.Open ? Math.Max(0, clip.LastMs - clip.EventEndMs) : 0;
        long wantedPostRoll = clip.IsOpen ? 0 : clip.EndMs - clip.EventEndMs;
        return new EventClipReport(
            clip.EventTime, clip.Events, outcome, Span(preRoll), Span(postRoll), Span(wantedPreRoll - preRoll), Span(wantedPostRoll - postRoll), clip.Lost);
    }

    private static TimeSpan Span(long ms) => TimeSpan.FromMilliseconds(Math.Max(0, ms));
}
