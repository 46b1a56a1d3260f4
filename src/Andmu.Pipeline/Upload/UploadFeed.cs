using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Upload;

/// <summary>What the send loop reads from: it asks the policy, moves the cursor, and gives one entry after the other with its flag. It outlives a connection.</summary>
/// <remarks>Everything but <see cref="Mode"/> belongs to the send loop. Holds no rule of its own: <see cref="UploadPolicy"/> says what and from where,
/// <see cref="GopDropPolicy"/> when to give up, <see cref="CatchUpPacer"/> how fast.</remarks>
internal sealed class UploadFeed
{
    private readonly MediaBuffer _buffer;
    private readonly MediaCursor _cursor;
    private readonly ClipSchedule _clips;
    private readonly UploadInputs _inputs;
    private readonly long _lowBacklogMs;
    private GopDropPolicy _drop;
    private CatchUpPacer _pacer;
    private volatile UploadMode _mode;
    private uint? _flag;
    private int _cuts;
    private long _runStart = MediaBuffer.None; // what was read from here on went on without a gap
    private long _clip;                        // the clip that is being sent, or 0
    private long _highestMs = long.MinValue;   // the latest picture that was sent
    private long _readTo;                      // behind what was read last: what was lost since then is not behind it
    private MediaTotals _lost;
    private bool _rewound;
    private bool _clipUnsent;                  // nothing of it has gone out with the event's flag
    private long? _clipStartMs;                // where it starts in a recording, when that is in what a viewer has seen
    private bool _first = true;
    private DevicePlan _plan;

    public UploadFeed(MediaBuffer buffer, MediaCursor cursor, ClipSchedule clips, UploadInputs inputs, CongestionOptions congestion, double catchUpRate)
    {
        _buffer = buffer;
        _cursor = cursor;
        _clips = clips;
        _inputs = inputs;
        _lowBacklogMs = (long)congestion.LowBacklog.TotalMilliseconds;
        _drop = new GopDropPolicy(congestion);
        _pacer = new CatchUpPacer(catchUpRate, CatchUpBurst);
    }

    /// <summary>Pictures end a clip; where none come any more, sound that is this far behind its end does.</summary>
    private const long WithoutPictureMs = 5000;

    /// <summary>Media that goes at once after the cursor was set back: a second, so that a far end can show a picture without waiting.</summary>
    private static TimeSpan CatchUpBurst => TimeSpan.FromSeconds(1);

    /// <summary>What is being done. May be read from any thread.</summary>
    public UploadMode Mode => _mode;

    /// <summary>Whether the platform records what was read last: what only a viewer has caused is not (specification 5.2.3).</summary>
    public bool IsRecorded => _mode == UploadMode.Event || (_mode == UploadMode.Live && _plan is DevicePlan.Trial or DevicePlan.Cloud);

    /// <summary>How long to wait before the next entry, when the last <see cref="TryRead"/> gave none because of the catch-up's pace.</summary>
    public TimeSpan? Wait { get; private set; }

    /// <summary>The cursor was set back in this connection: what was sent before is going to be sent again.</summary>
    public bool TakeRewind()
    {
        bool rewound = _rewound;
        _rewound = false;
        return rewound;
    }

    /// <summary>Media is due, and there is no random access picture to start it with.</summary>
    public bool NeedsKeyFrame => _mode != UploadMode.Idle && (_cursor.IsStranded || _buffer.IsKeyFrameMissing);

    /// <summary>Media that is due and not sent.</summary>
    public TimeSpan Backlog => _mode == UploadMode.Idle ? TimeSpan.Zero : TimeSpan.FromMilliseconds(_cursor.Fill.UnsentMs);

    /// <summary>A backlog that comes from setting the cursor back, and not from the network.</summary>
    public bool IsCatchingUp => _pacer.IsActive;

    /// <summary>Where it stands: everything before is read, lost, or of no use.</summary>
    public MediaMark Mark => new(_cursor.Reached, _cursor.Passed, _highestMs);

    /// <summary>A connection is up.</summary>
    /// <param name="now">Time on a monotonic clock.</param>
    public void OnConnected(TimeSpan now)
    {
        _cursor.Floor = _inputs.Floor;
        if (_first)
        {
            _first = false;
            _mode = _inputs.IsContinuous ? UploadMode.Live : UploadMode.Idle; // a continuous plan starts with the oldest that is held
        }

        bool goesOn = _inputs.Plan == DevicePlan.Event ? _mode == UploadMode.Event : _inputs.IsContinuous && _mode == UploadMode.Live;
        if (!goesOn)
        {
            Restart(); // the views of a connection end with it, and a clip of which nothing has arrived starts anew
        }
        else
        {
            _pacer.Begin(_buffer.MediaTimeAt(_cursor.Position), now);
        }

        _rewound = false;
        _drop.OnJump(now);
    }

    /// <summary>The connection is gone: the cursor goes back to what may not have arrived, as far as it is due still.</summary>
    /// <param name="arrived">What may not have arrived starts here.</param>
    public void OnDisconnected(MediaMark arrived)
    {
        if (_rewound)
        {
            arrived = MediaMark.Earlier(arrived, Mark); // and nothing was sent since
        }

        _clips.Reopen(arrived, _inputs.Floor);
        bool inClip = _clips.TryPeek(out EventClip clip) && clip.SentFrom != MediaBuffer.None;
        if (_mode == UploadMode.Live && !(inClip && _inputs.Plan == DevicePlan.Event))
        {
            _cursor.ResumeAt(arrived); // goes on where it was: a short outage loses nothing
        }
        else if (inClip)
        {
            // The platform has the clip's beginning with its flag: it goes on, at the GOP of what may be missing. A viewer may have come since: not over this connection.
            _cursor.ResumeAt(arrived);
            _mode = UploadMode.Event;
            _flag = UploadPolicy.CausedByEvent;
            _clip = clip.Id;
            _clipUnsent = false;
        }
        else
        {
            Restart();
        }

        _highestMs = arrived.HighestMs;
        _readTo = arrived.Position;
        bool isRunIntact = _mode == UploadMode.Event && _runStart != MediaBuffer.None;
        _runStart = isRunIntact ? Math.Min(_runStart, _cursor.Position) : _cursor.Position;
        _cuts = _cursor.Cuts;
        _lost = _cursor.Lost;
    }

    /// <summary>Before the entries of a batch: whether a backlog is to be given up.</summary>
    public void OnBatch(TimeSpan now)
    {
        bool isLive = _mode == UploadMode.Live && _inputs.Decide(ClipSituation.Ahead, UploadMode.Live).Mode == UploadMode.Live;
        long backlogMs = isLive ? _cursor.Fill.UnsentMs : 0;
        if (isLive && !_buffer.WritersWait && _drop.ShouldGiveUp(now, TimeSpan.FromMilliseconds(backlogMs)))
        {
            long gop = _buffer.GopWithin(_lowBacklogMs, _cursor.Position);
            if (gop != MediaBuffer.None)
            {
                _cursor.JumpTo(gop, DropReason.Congestion);
                _drop.OnJump(now);
                _pacer.End();
            }
        }

        if (_inputs.IsContinuous && isLive)
        {
            _clips.ForgetThrough(_highestMs);
        }
    }

    /// <summary>Reads the next entry that is due; <see cref="Advance"/> when it is written.</summary>
    public bool TryRead(TimeSpan now, out MediaEntry entry, out ReadOnlySpan<byte> payload, out uint? flag)
    {
        Wait = null;
        while (Prepare(now))
        {
            bool any = _cursor.TryRead(out entry, out payload);
            NoteCuts();
            if (!any)
            {
                _pacer.End();
                break;
            }

            if (_mode == UploadMode.Event && IsBehindClip(entry))
            {
                continue; // there may be another one, or a viewer
            }

            if (!_buffer.WritersWait && _pacer.WaitBefore(entry.MediaTime, now) is { } wait)
            {
                Wait = wait;
                _cursor.Release();
                break;
            }

            flag = _flag;
            payload = _cursor.ToSend(entry, payload);
            return true;
        }

        entry = default;
        payload = default;
        flag = null;
        return false;
    }

    /// <summary>The entry is written.</summary>
    public void Advance(in MediaEntry entry)
    {
        if (entry.PackageType != PackageType.Audio || !_buffer.HasVideo)
        {
            _highestMs = Math.Max(_highestMs, entry.MediaTime);
            if (_clip != 0)
            {
                _clips.OnSent(_clip, _highestMs);
            }
        }

        if (_clipUnsent && _clip != 0)
        {
            _clipUnsent = false;
            _clips.OnFirst(_clip, _cursor.Position, _clipStartMs ?? entry.MediaTime);
        }

        _cursor.Advance(entry);
        _readTo = _cursor.Position;
    }

    /// <summary>Takes up what the policy says. False when nothing is due.</summary>
    private bool Prepare(TimeSpan now)
    {
        HeedChanges();
        bool isDue = _clips.TryPeek(out EventClip clip);
        if (isDue && Lies(clip) == ClipSituation.Ahead)
        {
            _clips.Prune(report: _inputs.Plan == DevicePlan.Event);
            isDue = _clips.TryPeek(out clip);
        }

        UploadDecision decision = _inputs.Decide(isDue ? Lies(clip) : ClipSituation.None, _mode);
        switch (decision.Start)
        {
            case CursorStart.NewestGop:
                long before = _cursor.Position;
                _cursor.MoveToLive();
                _rewound |= _cursor.Position < before;
                _cuts = _cursor.Cuts;
                _runStart = _readTo = _cursor.Position;
                _highestMs = _buffer.MediaTimeAt(_cursor.Position);
                _drop.OnJump(now);
                _pacer.End();
                break;
            case CursorStart.Clip:
                MoveToClip(clip, now);
                break;
        }

        if (decision.Mode == UploadMode.Event && _clip != clip.Id)
        {
            _clip = clip.Id;
            _highestMs = decision.Start == CursorStart.Clip ? clip.StartMs : _highestMs;
            bool goesOn = decision.Start != CursorStart.Clip;
            _clipUnsent = true;
            _clipStartMs = goesOn ? clip.StartMs : null;
            _clips.OnBegun(clip.Id, _cursor.Position, goesOn ? _highestMs : clip.StartMs);
        }
        else if (decision.Mode != UploadMode.Event)
        {
            _clip = 0;
        }

        if (decision.Mode == UploadMode.Idle && _mode != UploadMode.Idle)
        {
            Stop();
        }

        _cursor.KeepOnOverrunMs = decision.Mode == UploadMode.Event ? _cursor.Fill.DurationMs / 2 : _lowBacklogMs;
        _mode = decision.Mode;
        _flag = decision.ControlFlag;
        return _mode != UploadMode.Idle;
    }

    /// <summary>A device that was switched off and on again sends nothing of what was captured before it was on; what was sent on the plan without recordings
    /// is no part of a recording.</summary>
    private void HeedChanges()
    {
        if (_cursor.Floor != _inputs.Floor)
        {
            _cursor.Floor = _inputs.Floor;
            Restart();
        }

        DevicePlan plan = _inputs.Plan;
        if (_plan == DevicePlan.Event && plan != DevicePlan.Event)
        {
            _clips.SendAnew(); // what is lost on another plan would be no loss of a clip
            _clip = 0;
        }
        else if (_plan == DevicePlan.Expired && plan != DevicePlan.Expired)
        {
            _runStart = _mode == UploadMode.Idle ? MediaBuffer.None : _cursor.Position;
        }

        _plan = plan;
    }

    private void Restart()
    {
        if (_mode != UploadMode.Idle)
        {
            Stop();
        }

        _mode = UploadMode.Idle;
        _clip = 0;
        _runStart = MediaBuffer.None;
    }

    private ClipSituation Lies(in EventClip clip)
    {
        bool goesOn = clip.Id == _clip;
        bool covered = _runStart != MediaBuffer.None && _runStart <= clip.StartPosition && clip.StartPosition <= _cursor.Position;
        return goesOn || covered ? ClipSituation.Covered : ClipSituation.Ahead;
    }

    private void MoveToClip(in EventClip clip, TimeSpan now)
    {
        if (_mode == UploadMode.Live && clip.StartPosition > _cursor.Position)
        {
            _cursor.GiveUpTo(clip.BeforeStart, clip.StartMs, DropReason.Outranked);
        }

        _rewound |= clip.StartPosition < _cursor.Position;
        _cursor.MoveTo(clip.StartPosition, clip.BeforeStart, clip.StartMs);
        _cuts = _cursor.Cuts;
        _lost = _cursor.Lost;
        _runStart = _readTo = clip.StartPosition;
        _highestMs = clip.StartMs;
        _pacer.Begin(clip.StartMs, now);
        _drop.OnJump(now);
    }

    /// <summary>Idle from now on. What an event's clip has sent stays the start of a run: an event that follows soon goes on from there, and nothing is sent twice.
    /// What was sent for a viewer is not recorded, and what came before a plan was changed has no flag: they do not count.</summary>
    private void Stop()
    {
        _cursor.Release();
        _pacer.End();
        if (_mode != UploadMode.Event)
        {
            _runStart = MediaBuffer.None;
        }
    }

    private void NoteCuts()
    {
        if (_cuts != _cursor.Cuts)
        {
            _cuts = _cursor.Cuts;
            _runStart = _cursor.Position;
            _clipStartMs = null; // what a viewer saw before the cut is in no recording
        }

        if (_lost != _cursor.Lost)
        {
            MediaTotals lost = _cursor.Lost - _lost;
            _lost = _cursor.Lost;
            if (_mode == UploadMode.Event)
            {
                _clips.OnLost(_clip, lost);
            }
        }
    }

    /// <summary>A clip ends before the first picture, in decoding order, that is shown after one which lies behind its end: with B-pictures the picture
    /// behind the end comes first, and those that refer to it still belong to the clip.</summary>
    private bool IsBehindClip(in MediaEntry entry)
    {
        if (!_clips.TryPeek(out EventClip clip) || clip.Id != _clip)
        {
            _clip = 0; // given up meanwhile
            return true;
        }

        if (!IsBehind(entry, clip) || !_clips.TryFinish(_clip, Math.Max(entry.MediaTime, _highestMs), _readTo))
        {
            return false;
        }

        _clip = 0;
        return true;
    }

    private bool IsBehind(in MediaEntry entry, in EventClip clip)
    {
        if (_clipUnsent && _highestMs >= clip.EndMs)
        {
            return true; // what was sent to a viewer, or on a continuous plan, has passed its end
        }

        if (entry.PackageType == PackageType.Audio && _buffer.HasVideo)
        {
            return entry.MediaTime - WithoutPictureMs >= clip.EndMs;
        }

        bool jumpedOver = _runStart == _cursor.Position; // what was lost reaches to behind its end
        return entry.MediaTime > _highestMs && entry.MediaTime >= clip.EndMs && (_highestMs >= clip.EndMs || jumpedOver);
    }
}
