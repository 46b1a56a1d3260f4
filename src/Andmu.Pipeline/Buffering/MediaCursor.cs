using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Buffering;

/// <summary>A reader of a <see cref="MediaBuffer"/>. It starts at random access pictures only, and never resumes a GOP that it has cut.</summary>
/// <remarks>One loop owns a cursor: read, copy out, advance. Only <see cref="Wake"/> is called from other threads.</remarks>
internal sealed class MediaCursor
{
    private readonly MediaBuffer _buffer;
    private readonly WakeSignal _signal;
    private readonly BrokenLinkCopy _brokenLink = new();
    private bool _anchored;          // Position continues what was read, or is the start of a GOP
    private Cut _cut = Cut.Fresh;
    private DropReason? _reason;     // why the next jump, when it is not plain from the buffer
    private MediaTotals _passed;     // everything up to what was read last, or entered in the ledger
    private long _passedTime;
    private long _unusable;          // up to here no random access picture has come to start from

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

    /// <summary>Everything that was lost under this cursor, but for leading pictures, which no far end could show.</summary>
    public MediaTotals Lost { get; private set; }

    /// <summary>Counts the times that what was read did not go on where it had ended.</summary>
    public int Cuts { get; private set; }

    /// <summary>Media of this length is kept when the buffer overtakes the cursor; what is older is given up, whole GOPs of it.</summary>
    public long KeepOnOverrunMs { get; set; }

    /// <summary>Nothing before it is read, wherever the cursor is sent.</summary>
    public long Floor { get; set; }

    /// <summary>There is media, and no random access picture in it to start from.</summary>
    public bool IsStranded => !_anchored && Volatile.Read(ref _unusable) > Position;

    /// <summary>The first entry that a waiting writer must not take away. Guarded by the buffer's lock.</summary>
    public long RetainFrom { get; set; }

    public BufferFill Fill => _buffer.Fill(this);

    /// <summary>Everything before it is read, lost, or of no use for want of a random access picture: nothing can be read before there is more.</summary>
    public long Reached => Math.Max(Position, Volatile.Read(ref _unusable));

    /// <summary>Everything before what is next, as far as it was read or entered in the ledger.</summary>
    public MediaTotals Passed => _passed;

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
    public bool IsRoomWanted => _buffer.IsRoomWanted;

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

    /// <summary>What is to be sent of the entry that was read: its payload, or the same as BLA when it is a CRA picture after a cut.</summary>
    public ReadOnlySpan<byte> ToSend(scoped in MediaEntry entry, ReadOnlySpan<byte> payload) =>
        _cut == Cut.Fresh && entry.IsCleanRandomAccess ? _brokenLink.Of(payload) : payload;

    /// <summary>Done with the entry that was read.</summary>
    public void Advance(in MediaEntry entry)
    {
        _passed = entry.Totals;
        _passedTime = entry.MediaTime;
        _cut = CutBehind(entry);
        _brokenLink.Return();
        _buffer.Unpin(this, Position + 1);
    }

    /// <summary>Leaves the entry that was read for later: it may be evicted again.</summary>
    public void Release() => _buffer.Unpin(this, Position);

    /// <summary>Live from now on: at the newest random access picture, but not before <see cref="Floor"/>. What lies before it was not asked for,
    /// so it is no loss.</summary>
    public void MoveToLive()
    {
        long gop = _buffer.NewestGop(out MediaTotals before);
        if (gop >= Floor)
        {
            MoveTo(gop, before, _passedTime);
        }
        else
        {
            MoveTo(Floor, _buffer.TotalsBefore(Floor), _passedTime);
        }
    }

    /// <summary>To the start of a clip, forwards or back. What lies in between was not asked for, or is going to be sent again: no loss.</summary>
    /// <param name="position">A start.</param>
    /// <param name="before">The totals of all that lies before it.</param>
    /// <param name="mediaMs">Its media time.</param>
    public void MoveTo(long position, in MediaTotals before, long mediaMs)
    {
        _buffer.Unpin(this, position);
        _passed = before;
        _passedTime = mediaMs;
        _anchored = false;
        _cut = Cut.Fresh;
        _reason = null;
        Volatile.Write(ref _unusable, 0);
        Cuts++;
    }

    /// <summary>Gives up all that lies before a newer start.</summary>
    public void JumpTo(long gop, DropReason reason)
    {
        _buffer.Unpin(this, gop);
        _anchored = false;
        _reason = reason;
    }

    /// <summary>Enters what lies before a start, and was not read, in the ledger.</summary>
    public void GiveUpTo(in MediaTotals before, long mediaMs, DropReason reason)
    {
        MediaTotals skipped = before - _passed;
        if (skipped.Packages > 0)
        {
            Enter(reason, mediaMs, skipped);
        }
    }

    /// <summary>Goes on over another connection: at the GOP that holds <paramref name="mark"/>, or as near to it as the buffer still reaches.</summary>
    public void ResumeAt(in MediaMark mark)
    {
        _buffer.Unpin(this, mark.Position);
        _passed = mark.Before; // what is evicted before it is read again is lost, though it was sent once
        _anchored = false;
        _reason = null;
        Volatile.Write(ref _unusable, 0);
        _cut = Cut.Fresh; // what was sent before may not have arrived: leading pictures that refer to it are of no use
        Cuts++;
    }

    /// <summary>What a waiting writer must leave in place: <paramref name="position"/> and all after it.</summary>
    public void Retain(long position) => _buffer.Retain(this, position);

    /// <summary>As <see cref="Retain"/>, but never gives up what is retained already.</summary>
    public void RetainToo(long position) => _buffer.RetainToo(this, position);

    /// <summary>Nothing is going to be read: a waiting writer may take all.</summary>
    public void RetainNothing() => _buffer.Retain(this, long.MaxValue);

    /// <summary>The buffer has taken what was next. Going on with the oldest that is left would be overrun again at once and cut every GOP short; whole
    /// GOPs go instead (specification 5.3.1).</summary>
    private void GiveUpBacklog()
    {
        long gop = _buffer.GopWithin(KeepOnOverrunMs, Position);
        JumpTo(gop == MediaBuffer.None ? _buffer.End : gop, DropReason.Overrun);
    }

    private bool TryAnchor()
    {
        long gop = _buffer.GopAtOrAfter(Position, Floor, out MediaEntry start, out bool evicted, out long end);
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
        }

        if (skipped.Packages > 0 || evicted)
        {
            _cut = Cut.Fresh;
            Cuts++;
        }

        _passed = before;
        _passedTime = start.MediaTime;
        _reason = null;
        _anchored = true;
        _buffer.Unpin(this, gop);
        return true;
    }

    /// <summary>A leading picture right after a cut refers to pictures that the far end does not have (ITU-T H.265 3.1, RASL).</summary>
    private bool IsOrphanedLeading(in MediaEntry entry) => _cut != Cut.None && entry.IsSkippedLeading;

    private Cut CutBehind(in MediaEntry entry) =>
        entry.PackageType != PackageType.Video ? _cut
        : entry.IsRandomAccess ? (_cut == Cut.Fresh ? Cut.AtRandomAccess : Cut.None)
        : entry.IsSkippedLeading ? _cut
        : Cut.None;

    private void Enter(DropReason reason, long to, in MediaTotals lost)
    {
        Lost += reason == DropReason.Leading ? default : lost;
        _buffer.Drops.Enter(new MediaDrop(reason, TimeSpan.FromMilliseconds(_passedTime), TimeSpan.FromMilliseconds(to), lost));
    }
}
