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
    private long _highestMs;                   // the latest picture that was sent
    private MediaTotals _lost;
    private bool _rewound;
    private bool _clipUnread;

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

    /// <summary>Media that goes at once after the cursor was set back: a second, so that a far end can show a picture without waiting.</summary>
    private static TimeSpan CatchUpBurst => TimeSpan.FromSeconds(1);

    /// <summary>What is being done. May be read from any thread.</summary>
    public UploadMode Mode => _mode;

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

    /// <summary>A connection is up.</summary>
    /// <param name="resumeFrom">First position that may not have arrived over the one before; null for the first: a continuous plan starts with the oldest that is held.</param>
    /// <param name="now">Time on a monotonic clock.</param>
    public void OnConnected(long? resumeFrom, TimeSpan now)
    {
        long resume = resumeFrom ?? 0;
        _clips.Reopen(resume);
        _cursor.Floor = _inputs.Floor;
        if (resumeFrom is null)
        {
            _mode = _inputs.IsContinuous ? UploadMode.Live : UploadMode.Idle;
        }

        bool inClip = _clips.TryPeek(out EventClip clip) && clip.SentFrom != MediaBuffer.None;
        if (_mode == UploadMode.Live && _inputs.IsContinuous)
        {
            Rewind(resume, now); // goes on where it was: a short outage loses nothing
        }
        else if (inClip && _inputs.Plan == DevicePlan.Event && resume > clip.SentFrom)
        {
            // The platform has the clip's beginning with its flag: it goes on, at the GOP of what may be missing.
            Rewind(resume, now);
            _mode = UploadMode.Event;
            _flag = UploadPolicy.CausedByEvent;
            _clip = clip.Id;
            _runStart = Math.Min(clip.StartPosition, _cursor.Position);
        }
        else
        {
            // The views of a connection end with it, and a clip of which nothing has arrived starts anew.
            _mode = UploadMode.Idle;
            _clip = 0;
            _runStart = MediaBuffer.None;
        }

        _cuts = _cursor.Cuts;
        _rewound = false;
        _drop.OnJump(now);
    }

    /// <summary>Before the entries of a batch: whether a backlog is to be given up.</summary>
    public void OnBatch(TimeSpan now)
    {
        _cursor.Floor = _inputs.Floor;
        bool isLive = _mode == UploadMode.Live;
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

            if (_clipUnread)
            {
                _clipUnread = false;
                _clips.OnFirst(_clip, entry.MediaTime);
            }

            if (!_buffer.WritersWait && _pacer.WaitBefore(entry.MediaTime, now) is { } wait)
            {
                Wait = wait;
                _cursor.Release();
                break;
            }

            flag = _flag;
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
        }

        _cursor.Advance(entry);
    }

    /// <summary>Takes up what the policy says. False when nothing is due.</summary>
    private bool Prepare(TimeSpan now)
    {
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
                _cursor.Floor = _inputs.Floor;
                _cursor.MoveToLive();
                _runStart = _cursor.Position;
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
            _clipUnread = decision.Start == CursorStart.Clip;
            _clips.OnBegun(clip.Id, _cursor.Position, clip.StartMs);
        }
        else if (decision.Mode == UploadMode.Idle && _mode != UploadMode.Idle)
        {
            Stop();
        }

        _cursor.KeepOnOverrunMs = decision.Mode == UploadMode.Event ? _cursor.Fill.DurationMs / 2 : _lowBacklogMs;
        _mode = decision.Mode;
        _flag = decision.ControlFlag;
        return _mode != UploadMode.Idle;
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
        _runStart = clip.StartPosition;
        _highestMs = clip.StartMs;
        _pacer.Begin(clip.StartMs, now);
        _drop.OnJump(now);
    }

    private void Rewind(long position, TimeSpan now)
    {
        _cursor.RewindTo(position);
        _runStart = _cursor.Position;
        _pacer.Begin(_buffer.MediaTimeAt(_cursor.Position), now);
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
        bool isPicture = entry.PackageType == PackageType.Video || !_buffer.HasVideo;
        bool isSets = entry.PackageType == PackageType.ParameterSets; // of the picture that comes next
        if ((!isPicture && !isSets) || entry.MediaTime <= _highestMs)
        {
            return false;
        }

        if (!_clips.TryPeek(out EventClip clip) || clip.Id != _clip)
        {
            _clip = 0; // given up meanwhile
            return true;
        }

        bool jumpedOver = _runStart == _cursor.Position && entry.MediaTime >= clip.EndMs; // what was lost reaches to behind its end
        if ((_highestMs < clip.EndMs && !jumpedOver) || !_clips.TryFinish(_clip, entry.MediaTime, _highestMs, _cursor.Position))
        {
            return false;
        }

        _clip = 0;
        return true;
    }
}
