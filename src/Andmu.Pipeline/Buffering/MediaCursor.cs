using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Buffering;

/// <summary>A reader of a <see cref="MediaBuffer"/>. It starts at random access pictures only, and never resumes a GOP that it has cut.</summary>
/// <remarks>One loop owns a cursor: read, copy out, advance. Only <see cref="Wake"/> is called from other threads.</remarks>
internal sealed class MediaCursor
{
    private readonly MediaBuffer _buffer;
    private readonly WakeSignal _signal;
    private bool _anchored;          // Position continues what was read, or is the start of a GOP
    private Cut _cut = Cut.Fresh;
    private DropReason? _reason;     // why the next jump, when it is not plain from the buffer
    private MediaTotals _passed;     // everything up to what was read last, or entered in the ledger
    private long _passedTime;
    private long _unusable;          // up to here no random access picture has come to start from
    private bool _roomWanted;

    public MediaCursor(MediaBuffer buffer, WakeSignal signal)
    {
        _buffer = buffer;
        _signal = signal;
        buffer.Add(this);
    }

    /// <summary>The next entry. Guarded by the buffer's lock.</summary>
    public long Position { get; set; }

    /// <summary>The entry that is being copied from, or <see cref="MediaBuffer.None"/>. Guarded by the buffer's lock.</summary>
    public long Pinned { get; set; } = MediaBuffer.None;

    /// <summary>The first entry that a waiting writer must not take away. Guarded by the buffer's lock.</summary>
    public long RetainFrom { get; set; }

    public BufferFill Fill => _buffer.Fill(this);

    /// <summary>Everything before it is read, lost, or of no use for want of a random access picture: nothing can be read before there is more.</summary>
    public long Reached => Math.Max(Position, Volatile.Read(ref _unusable));

    /// <summary>Pictures after a cut, up to the first that is no leading picture, may refer to what the far end does not have.</summary>
    private enum Cut
    {
        /// <summary>The stream goes on.</summary>
        None,

        /// <summary>Cut; the random access picture is next.</summary>
        Fresh,

        /// <summary>The random access picture was read; its leading pictures are next, if it has any.</summary>
        AtRandomAccess,
    }

    public void Wake() => _signal.Set();

    /// <summary>A writer waits for room: what is unconfirmed should be confirmed soon.</summary>
    public void AskForRoom()
    {
        Volatile.Write(ref _roomWanted, true);
        _signal.Set();
    }

    /// <summary>Whether a writer has asked for room since the last call.</summary>
    public bool TakeRoomRequest() => Interlocked.Exchange(ref _roomWanted, false);

    /// <summary>Reads the next entry and keeps it in place until <see cref="Advance"/>. What was lost, and what could not be decoded,
    /// is jumped over and entered in the ledger.</summary>
    public bool TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        entry = default;
        while (_anchored || TryAnchor())
        {
            switch (_buffer.Pin(this, out entry))
            {
                case CursorRead.Empty:
                    return false;

                case CursorRead.Overrun:
                    GiveUpBacklog();
                    continue;
            }

            if (!IsOrphanedLeading(entry))
            {
                payload = _buffer.Span(entry);
                return true;
            }

            Enter(DropReason.Leading, entry.MediaTime, entry.Own);
            Advance(entry);
        }

        return false;
    }

    /// <summary>Done with the entry that was read.</summary>
    public void Advance(in MediaEntry entry)
    {
        _passed = entry.Totals;
        _passedTime = entry.MediaTime;
        _buffer.Unpin(this, Position + 1);
    }

    /// <summary>Live from now on: at the newest random access picture. What lies before it was not asked for, so it is no loss.</summary>
    public void MoveToLive()
    {
        _buffer.Unpin(this, _buffer.NewestGop(out MediaTotals before));
        _passed = before;
        _anchored = false;
        _cut = Cut.Fresh;
    }

    /// <summary>Back to the GOP that holds <paramref name="position"/>, or as near to it as the buffer still reaches.</summary>
    public void RewindTo(long position)
    {
        _buffer.Unpin(this, Math.Min(position, Position));
        _anchored = false;
    }

    /// <summary>What a waiting writer must leave in place: <paramref name="position"/> and all after it.</summary>
    public void Retain(long position) => _buffer.Retain(this, position);

    /// <summary>Nothing is going to be read: a waiting writer may take all.</summary>
    public void RetainNothing() => _buffer.Retain(this, long.MaxValue);

    /// <summary>The network is slower than the encoder, and the buffer has taken what was next. Going on with the oldest that is left would be
    /// overrun again at once and cut every GOP short; whole GOPs go instead, up to the newest (specification 5.3.1).</summary>
    private void GiveUpBacklog()
    {
        _buffer.Unpin(this, _buffer.NewestGop(out _));
        _anchored = false;
        _reason = DropReason.Overrun;
    }

    private bool TryAnchor()
    {
        long gop = _buffer.GopAtOrAfter(Position, out MediaEntry start, out bool evicted, out long end);
        if (gop == MediaBuffer.None)
        {
            Volatile.Write(ref _unusable, end);
            return false;
        }

        MediaTotals before = start.Totals - start.Own;
        MediaTotals skipped = before - _passed;
        if (skipped.Packages > 0)
        {
            Enter(_reason ?? (evicted ? DropReason.Overrun : DropReason.NoRandomAccess), start.MediaTime, skipped);
            _cut = Cut.Fresh;
        }

        _passed = before;
        _passedTime = start.MediaTime;
        _reason = null;
        _anchored = true;
        _buffer.Unpin(this, gop);
        return true;
    }

    /// <summary>A leading picture right after a cut refers to pictures that the far end does not have (ITU-T H.265 3.1, RASL).</summary>
    private bool IsOrphanedLeading(in MediaEntry entry)
    {
        if (_cut == Cut.None || entry.PackageType != PackageType.Video)
        {
            return false;
        }

        if (entry.IsRandomAccess)
        {
            _cut = _cut == Cut.Fresh ? Cut.AtRandomAccess : Cut.None;
            return false;
        }

        if (!entry.IsSkippedLeading)
        {
            _cut = Cut.None;
        }

        return entry.IsSkippedLeading;
    }

    private void Enter(DropReason reason, long to, in MediaTotals lost) =>
        _buffer.Drops.Enter(new MediaDrop(reason, TimeSpan.FromMilliseconds(_passedTime), TimeSpan.FromMilliseconds(to), lost));
}
