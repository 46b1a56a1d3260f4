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
            if (Volatile.Read(ref _count) == 0)
            {
                return false;
            }

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
        EventClip forgotten = default;
        long from;
        lock (_lock)
        {
            _active |= Bit(type);
            PlaceAll(floor);
            long wantedFrom = _buffer.MediaTimeOf(time) - PreRollMs;
            ref EventClip last = ref _clips[Math.Max(_count - 1, 0)];
            if (_count > 0 && !last.IsSent && (last.IsOpen || wantedFrom <= last.EndMs || _count == Capacity))
            {
                Join(ref last, time, floor);
            }
            else
            {
                if (_count == Capacity)
                {
                    forgotten = _clips[0]; // sent, as are all before one that is: only its proof is missing
                    RemoveAt(0);
                }

                Add(time, floor);
            }

            from = _clips[_count - 1].StartPosition;
        }

        if (forgotten.Id != 0)
        {
            _ended(Report(forgotten, EventClipOutcome.Unconfirmed));
        }

        return from;
    }

    /// <summary>An event has ended; with the last one the post-roll starts, at the latest of their ends.</summary>
    public void End(DeviceEventType type, DateTimeOffset time)
    {
        lock (_lock)
        {
            _active &= ~Bit(type);
            ref EventClip last = ref _clips[Math.Max(_count - 1, 0)];
            if (_count == 0 || !last.IsOpen)
            {
                return;
            }

            last.EventEndTime = time > last.EventEndTime ? time : last.EventEndTime;
            if (_active == 0)
            {
                last.EventEndMs = Math.Max(_buffer.MediaTimeOf(last.EventEndTime), last.EventMs);
                last.EndMs = last.EventEndMs + PostRollMs;
            }
        }
    }

    /// <summary>The oldest clip of which not all is sent.</summary>
    public bool TryPeek(out EventClip clip)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            clip = default; // every entry asks, and mostly there is none
            return false;
        }

        lock (_lock)
        {
            PlaceAll(floor: 0);
            int index = FirstDue();
            clip = index < 0 ? default : _clips[index];
            return index >= 0;
        }
    }

    /// <summary>Sending of a clip begins.</summary>
    /// <param name="id">Which.</param>
    /// <param name="position">The first position that carries the event's flag.</param>
    /// <param name="sentThroughMs">How far what was sent before has come, and the clip's start if that does not go on.</param>
    public void OnBegun(long id, long position, long sentThroughMs)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                ref EventClip clip = ref _clips[index];
                clip.SentFrom = position;
                clip.WasBegun = true;
                clip.FirstMs = EventClip.Open;
                clip.LastMs = sentThroughMs;
                clip.Lost = default;
            }
        }
    }

    /// <summary>The first entry of a clip is sent.</summary>
    /// <param name="id">Which.</param>
    /// <param name="position">Position of that entry.</param>
    /// <param name="mediaMs">Where the recording starts: later than asked for when the buffer did not reach back to there any more.</param>
    public void OnFirst(long id, long position, long mediaMs)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                _clips[index].SentFrom = position;
                _clips[index].FirstMs = mediaMs;
            }
        }
    }

    /// <summary>A picture of a clip is sent.</summary>
    public void OnSent(long id, long mediaMs)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index)
            {
                _clips[index].LastMs = Math.Max(_clips[index].LastMs, mediaMs);
            }
        }
    }

    /// <summary>Media was lost while a clip was sent. What lies behind its end is no loss of it.</summary>
    public void OnLost(long id, in MediaTotals lost)
    {
        lock (_lock)
        {
            if (Find(id) is >= 0 and int index && _clips[index].LastMs < _clips[index].EndMs)
            {
                _clips[index].Lost += lost;
            }
        }
    }

    /// <summary>The next picture lies behind the clip's end.</summary>
    /// <param name="id">Which.</param>
    /// <param name="mediaMs">Media time of that picture.</param>
    /// <param name="sentTo">Position behind what was sent last.</param>
    /// <returns>False when it goes on after all: an event has come in its post-roll.</returns>
    public bool TryFinish(long id, long mediaMs, long sentTo)
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

            clip.SentTo = sentTo;
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

    /// <summary>The connection broke: what may not have arrived is due again, unless it may not be sent any more.</summary>
    /// <param name="arrived">What may not have arrived starts here.</param>
    /// <param name="floor">The first position that may be sent.</param>
    public void Reopen(in MediaMark arrived, long floor)
    {
        lock (_lock)
        {
            foreach (ref EventClip clip in _clips.AsSpan(0, _count))
            {
                if (clip.SentTo > arrived.Position || !clip.IsSent)
                {
                    clip.SentTo = MediaBuffer.None;
                    clip.LastMs = Math.Min(clip.LastMs, arrived.HighestMs);
                    if (arrived.Position <= clip.SentFrom)
                    {
                        SendAnew(ref clip); // nothing of it has arrived
                    }
                }
            }
        }

        while (TryTake(static (in EventClip clip, long from) => !clip.IsSent && !clip.IsUnplaced && clip.StartPosition < from, floor, out EventClip lost))
        {
            _ended(Report(lost, EventClipOutcome.DeviceOff));
        }
    }

    /// <summary>The plan does not record events any more: clips that are not all sent are sent from their start when it does again.</summary>
    public void SendAnew()
    {
        lock (_lock)
        {
            foreach (ref EventClip clip in _clips.AsSpan(0, _count))
            {
                if (!clip.IsSent)
                {
                    SendAnew(ref clip);
                }
            }
        }
    }

    /// <summary>A continuous plan has uploaded up to here: clips that end before are part of that.</summary>
    public void ForgetThrough(long mediaMs)
    {
        while (TryTake(static (in EventClip clip, long to) => clip.EndMs <= to, mediaMs, out EventClip clip))
        {
            if (clip.WasBegun)
            {
                _ended(Report(clip, EventClipOutcome.PlanChanged)); // begun on the event-recording plan
            }
        }
    }

    /// <summary>Clips that nothing is left of in the buffer are not going to be sent.</summary>
    /// <param name="report">Whether they should have been.</param>
    public void Prune(bool report)
    {
        while (TryTake(static (in EventClip clip, long oldest) => clip.EndMs < oldest && !clip.IsSent && !clip.IsUnplaced, _buffer.OldestMs, out EventClip clip))
        {
            if (report || clip.WasBegun)
            {
                _ended(Report(clip, EventClipOutcome.Evicted));
            }
        }
    }

    /// <summary>Gives up the clips of which not all is sent, or only those whose events are over.</summary>
    public void GiveUp(EventClipOutcome outcome, bool keepOpen, bool report = true)
    {
        lock (_lock)
        {
            _active = keepOpen ? _active : 0;
        }

        while (TryTake(static (in EventClip clip, long through) => !clip.IsSent && clip.EndMs <= through, keepOpen ? EventClip.Open - 1 : EventClip.Open, out EventClip clip))
        {
            if (report || clip.WasBegun)
            {
                _ended(Report(clip, outcome));
            }
        }
    }

    /// <summary>The uplink ends, and with it every clip.</summary>
    public void Close(bool report)
    {
        GiveUp(EventClipOutcome.UplinkEnded, keepOpen: false, report);
        while (TryTake(static (in EventClip clip, long any) => true, 0, out EventClip clip))
        {
            _ended(Report(clip, EventClipOutcome.Unconfirmed));
        }
    }

    private static void SendAnew(ref EventClip clip)
    {
        clip.SentFrom = MediaBuffer.None;
        clip.FirstMs = EventClip.Open;
    }

    private static uint Bit(DeviceEventType type) => 1u << ((int)type & 31);

    private void Add(DateTimeOffset time, long floor)
    {
        ref EventClip clip = ref _clips[_count++];
        clip = new EventClip
        {
            Id = ++_ids,
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
    }

    /// <summary>A detector may tell an earlier event later. What is being sent already is not begun anew for it: the report says what is missing.</summary>
    private void Join(ref EventClip clip, DateTimeOffset time, long floor)
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
            clip.EventMs = Math.Min(clip.EventMs, _buffer.MediaTimeOf(time));
            clip.WantedFromMs = clip.EventMs - PreRollMs;
        }
    }

    /// <summary>Finds where a clip lies in the media, from when it happened.</summary>
    private void Place(ref EventClip clip, long floor)
    {
        clip.IsUnplaced = _buffer.IsEmpty;
        clip.EventMs = _buffer.MediaTimeOf(clip.EventTime);
        clip.WantedFromMs = clip.EventMs - PreRollMs;
        clip.StartPosition = _buffer.GopAtOrBefore(clip.WantedFromMs, floor, out long startMs, out MediaTotals before);
        clip.StartMs = startMs;
        clip.BeforeStart = before;
        if (!clip.IsOpen)
        {
            clip.EventEndMs = Math.Max(_buffer.MediaTimeOf(clip.EventEndTime), clip.EventMs);
            clip.EndMs = clip.EventEndMs + PostRollMs;
        }
    }

    private void PlaceAll(long floor)
    {
        foreach (ref EventClip clip in _clips.AsSpan(0, _count))
        {
            if (clip.IsUnplaced && !_buffer.IsEmpty)
            {
                Place(ref clip, floor);
            }
        }
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
        bool any = clip.FirstMs != EventClip.Open;
        long preRoll = any ? Math.Max(0, Math.Min(clip.EventMs, clip.LastMs) - clip.FirstMs) : 0;
        long missingPreRoll = any && clip.FirstMs > clip.EventMs ? clip.FirstMs - clip.WantedFromMs : clip.EventMs - clip.WantedFromMs - preRoll;
        long postRoll = any && !clip.IsOpen ? Math.Max(0, clip.LastMs - clip.EventEndMs) : 0;
        long wantedPostRoll = clip.IsOpen ? 0 : clip.EndMs - clip.EventEndMs;
        return new EventClipReport(
            clip.EventTime, clip.Events, outcome, Span(preRoll), Span(postRoll), Span(missingPreRoll), Span(wantedPostRoll - postRoll), clip.Lost);
    }

    private static TimeSpan Span(long ms) => TimeSpan.FromMilliseconds(Math.Max(0, ms));
}
