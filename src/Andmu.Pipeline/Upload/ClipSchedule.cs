using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Upload;

/// <summary>The clips of the event-recording plan, oldest first, from an event to the proof that the platform has its clip. Thread-safe; allocates
/// nothing after its start. It outlives a connection, so that what happened while offline is sent after it.</summary>
/// <remarks>Kept on every plan, for the plan may change in the middle of an event; sent on the event-recording plan only.</remarks>
internal sealed class ClipSchedule
{
    private readonly Lock _lock = new();
    private readonly MediaBuffer _buffer;
    private readonly ClipPlacement _placement;
    private readonly Action<EventClipReport> _ended;
    private readonly ClipList _clips = new();
    private long _ids;
    private uint _active; // a bit for every type of event that goes on
    private int _reporting;

    /// <param name="buffer">What the clips are cut from.</param>
    /// <param name="options">Pre-roll and post-roll.</param>
    /// <param name="ended">Told of every clip that has ended, outside of the lock.</param>
    public ClipSchedule(MediaBuffer buffer, EventRecordingOptions options, Action<EventClipReport> ended)
    {
        _buffer = buffer;
        _placement = new ClipPlacement(buffer, options);
        _ended = ended;
    }

    /// <summary>Clips of which not all is sent.</summary>
    public bool HasDue
    {
        get
        {
            if (_clips.IsEmpty)
            {
                return false;
            }

            lock (_lock)
            {
                return _clips.Find(IsDue, 0) >= 0;
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
                foreach (ref readonly EventClip clip in _clips.All)
                {
                    to = Math.Max(to, clip.SentTo);
                }

                return to;
            }
        }
    }

    /// <summary>Whether a clip has ended and its report is still being told: until then nobody may say that all is done.</summary>
    public bool IsReporting
    {
        get
        {
            lock (_lock)
            {
                return _reporting > 0;
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
            ref EventClip last = ref _clips.Last;
            if (!_clips.IsEmpty && !last.IsSent && (_placement.Overlaps(last, time) || _clips.IsFull))
            {
                _placement.Join(ref last, time, floor);
            }
            else
            {
                if (_clips.IsFull)
                {
                    forgotten = _clips.RemoveAt(0); // sent, as are all before one that is: only its proof is missing
                }

                _clips.Add(_placement.Open(++_ids, time, floor));
            }

            from = _clips.Last.StartPosition;
        }

        if (forgotten.Id != 0)
        {
            _ended(forgotten.ToReport(EventClipOutcome.Unconfirmed));
        }

        return from;
    }

    /// <summary>An event has ended; with the last one the post-roll starts, at the latest of their ends.</summary>
    public void End(DeviceEventType type, DateTimeOffset time)
    {
        lock (_lock)
        {
            _active &= ~Bit(type);
            ref EventClip last = ref _clips.Last;
            if (_clips.IsEmpty || !last.IsOpen)
            {
                return;
            }

            last.EventEndTime = time > last.EventEndTime ? time : last.EventEndTime;
            if (_active == 0)
            {
                _placement.End(ref last);
            }
        }
    }

    /// <summary>The oldest clip of which not all is sent.</summary>
    public bool TryPeek(out EventClip clip)
    {
        if (_clips.IsEmpty)
        {
            clip = default;
            return false;
        }

        lock (_lock)
        {
            PlaceAll(floor: 0);
            int index = _clips.Find(IsDue, 0);
            clip = index < 0 ? default : _clips.All[index];
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
            if (_clips.Find(id) is >= 0 and int index)
            {
                ref EventClip clip = ref _clips.All[index];
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
            if (_clips.Find(id) is >= 0 and int index)
            {
                _clips.All[index].SentFrom = position;
                _clips.All[index].FirstMs = mediaMs;
            }
        }
    }

    /// <summary>A picture of a clip is sent.</summary>
    public void OnSent(long id, long mediaMs)
    {
        lock (_lock)
        {
            if (_clips.Find(id) is >= 0 and int index)
            {
                _clips.All[index].LastMs = Math.Max(_clips.All[index].LastMs, mediaMs);
            }
        }
    }

    /// <summary>Media was lost while a clip was sent. What lies behind its end is no loss of it.</summary>
    public void OnLost(long id, in MediaTotals lost)
    {
        lock (_lock)
        {
            if (_clips.Find(id) is >= 0 and int index && _clips.All[index].LastMs < _clips.All[index].EndMs)
            {
                _clips.All[index].Lost += lost;
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
            int index = _clips.Find(id);
            if (index < 0)
            {
                return true;
            }

            ref EventClip clip = ref _clips.All[index];
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
        if (!_clips.IsEmpty)
        {
            EndAll(static (in EventClip clip, long to) => clip.IsSent && clip.SentTo <= to, position, EventClipOutcome.Delivered);
        }
    }

    /// <summary>The connection broke: what may not have arrived is due again, unless it may not be sent any more.</summary>
    /// <param name="arrived">What may not have arrived starts here.</param>
    /// <param name="floor">The first position that may be sent.</param>
    public void Reopen(in MediaMark arrived, long floor)
    {
        lock (_lock)
        {
            foreach (ref EventClip clip in _clips.All)
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

        EndAll(static (in EventClip clip, long from) => !clip.IsSent && !clip.IsUnplaced && clip.StartPosition < from, floor, EventClipOutcome.DeviceOff);
    }

    /// <summary>The plan does not record events any more: clips that are not all sent are sent from their start when it does again.</summary>
    public void SendAnew()
    {
        lock (_lock)
        {
            foreach (ref EventClip clip in _clips.All)
            {
                if (!clip.IsSent)
                {
                    SendAnew(ref clip);
                }
            }
        }
    }

    /// <summary>A continuous plan has uploaded up to here: clips that end before are part of that.</summary>
    public void ForgetThrough(long mediaMs) => // what was begun was begun on the event-recording plan
        EndAll(static (in EventClip clip, long to) => clip.EndMs <= to, mediaMs, EventClipOutcome.PlanChanged, report: false);

    /// <summary>Clips that nothing is left of in the buffer are not going to be sent.</summary>
    /// <param name="report">Whether they should have been.</param>
    public void Prune(bool report) => EndAll(
        static (in EventClip clip, long oldest) => clip.EndMs < oldest && !clip.IsSent && !clip.IsUnplaced, _buffer.OldestMs, EventClipOutcome.Evicted, report);

    /// <summary>Gives up the clips of which not all is sent, or only those whose events are over.</summary>
    public void GiveUp(EventClipOutcome outcome, bool keepOpen, bool report = true)
    {
        lock (_lock)
        {
            _active = keepOpen ? _active : 0;
        }

        long through = keepOpen ? EventClip.Open - 1 : EventClip.Open;
        EndAll(static (in EventClip clip, long through) => !clip.IsSent && clip.EndMs <= through, through, outcome, report);
    }

    /// <summary>The uplink ends, and with it every clip.</summary>
    public void Close(bool report)
    {
        GiveUp(EventClipOutcome.UplinkEnded, keepOpen: false, report);
        EndAll(static (in EventClip clip, long any) => true, 0, EventClipOutcome.Unconfirmed);
    }

    private static bool IsDue(in EventClip clip, long any) => !clip.IsSent;

    private static void SendAnew(ref EventClip clip)
    {
        clip.SentFrom = MediaBuffer.None;
        clip.FirstMs = EventClip.Open;
    }

    private static uint Bit(DeviceEventType type) => 1u << ((int)type & 31);

    private void PlaceAll(long floor)
    {
        foreach (ref EventClip clip in _clips.All)
        {
            _placement.PlaceLate(ref clip, floor);
        }
    }

    /// <summary>Takes the clips out one after the other and reports them outside of the lock; those that were never begun only if asked to.</summary>
    private void EndAll(ClipList.Which which, long argument, EventClipOutcome outcome, bool report = true)
    {
        while (TryTake(which, argument, out EventClip clip))
        {
            try
            {
                if (report || clip.WasBegun)
                {
                    _ended(clip.ToReport(outcome));
                }
            }
            finally
            {
                lock (_lock)
                {
                    _reporting--;
                }
            }
        }
    }

    private bool TryTake(ClipList.Which which, long argument, out EventClip clip)
    {
        lock (_lock)
        {
            int index = _clips.Find(which, argument);
            clip = index < 0 ? default : _clips.RemoveAt(index);
            _reporting += index < 0 ? 0 : 1;
            return index >= 0;
        }
    }
}
