namespace Andmu.Pipeline.Buffering;

/// <content>Where a cursor can start: every way to find a GOP. Groups are found by walking from one start to the one before, so a search costs a step a GOP.</content>
public sealed partial class MediaBuffer
{
    /// <summary>Media time of the newest picture or pack, whichever is later; 0 before the first.</summary>
    internal long NewestMs
    {
        get
        {
            lock (_lock)
            {
                return NewestMsUnderLock;
            }
        }
    }

    /// <summary>Nothing is held, so no moment has a media time.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _first == _next;
            }
        }
    }

    /// <summary>Media time of the oldest entry held; <see cref="long.MinValue"/> while there is none.</summary>
    internal long OldestMs
    {
        get
        {
            lock (_lock)
            {
                return _first < _next ? At(_first).MediaTime : long.MinValue;
            }
        }
    }

    /// <summary>How long ago, in media time, the newest GOP started; 0 while none is held.</summary>
    internal long NewestGopAgeMs
    {
        get
        {
            lock (_lock)
            {
                long gop = NewestHeld(_first);
                return gop == None ? 0 : NewestMsUnderLock - At(gop).MediaTime;
            }
        }
    }

    /// <summary>Position of the newest start that was written, held or not; <see cref="None"/> before the first.</summary>
    internal long NewestGopWritten
    {
        get
        {
            lock (_lock)
            {
                return _newestGop;
            }
        }
    }

    private long NewestMsUnderLock => _first < _next ? At(_next - 1).MediaTime : 0;

    /// <summary>The media time of a moment by the platform's clock.</summary>
    /// <remarks>Found from the newest entry, which has both times. A clock that was set in between, by the first login for one, makes the
    /// two incomparable: what would lie further away than the buffer reaches is taken for now.</remarks>
    internal long MediaTimeOf(DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_first == _next)
            {
                return 0;
            }

            ref readonly MediaEntry newest = ref At(_next - 1);
            long away = time.ToUnixTimeMilliseconds() - (long)newest.CaptureTime;
            return newest.MediaTime + (Math.Abs(away) <= _maxDurationMs ? away : 0);
        }
    }

    /// <summary>The newest place to start from, or the end while there is none, and the totals of all that lies before it.</summary>
    internal long NewestGop(out MediaTotals before)
    {
        lock (_lock)
        {
            bool held = _newestGop >= _first && _newestGop < _next;
            before = held ? At(_newestGop).Totals - At(_newestGop).Own : _totals;
            return held ? _newestGop : _next;
        }
    }

    /// <summary>The start of the GOP that <paramref name="position"/> lies in, if it is still held; else the oldest start after it, or <see cref="None"/>.</summary>
    /// <param name="position">Where to look from.</param>
    /// <param name="floor">First position that counts.</param>
    /// <param name="start">The entry found.</param>
    /// <param name="evicted">The entry at the position is gone.</param>
    /// <param name="end">Position that the next entry will have.</param>
    internal long GopAtOrAfter(long position, long floor, out MediaEntry start, out bool evicted, out long end)
    {
        lock (_lock)
        {
            evicted = position < _first;
            end = _next;
            long gop = FindGop(position, Math.Max(_first, floor));
            start = gop == None ? default : At(gop);
            return gop;
        }
    }

    /// <summary>The last start whose media time is not after <paramref name="mediaMs"/>; else the first after the floor; else the end, where the next will be.</summary>
    /// <param name="mediaMs">Media time, ms.</param>
    /// <param name="floor">First position that counts.</param>
    /// <param name="startMs">Media time of what was found.</param>
    /// <param name="before">The totals of all that lies before it.</param>
    internal long GopAtOrBefore(long mediaMs, long floor, out long startMs, out MediaTotals before)
    {
        lock (_lock)
        {
            long from = Math.Max(_first, floor);
            long found = None;
            for (long gop = NewestHeld(from); gop != None; gop = GopBefore(gop, from))
            {
                found = gop;
                if (At(gop).MediaTime <= mediaMs)
                {
                    break;
                }
            }

            startMs = found == None ? Math.Max(mediaMs, NewestMsUnderLock) : At(found).MediaTime;
            before = found == None ? _totals : At(found).Totals - At(found).Own;
            return found == None ? Math.Max(_next, floor) : found;
        }
    }

    /// <summary>The oldest start behind a position from which on no more than <paramref name="backlogMs"/> is held; else the newest start behind the
    /// position; else <see cref="None"/>.</summary>
    internal long GopWithin(long backlogMs, long position)
    {
        lock (_lock)
        {
            long from = Math.Max(_first, position + 1);
            long newest = NewestMsUnderLock;
            long found = NewestHeld(from);
            for (long gop = found; gop != None && newest - At(gop).MediaTime <= backlogMs; gop = GopBefore(gop, from))
            {
                found = gop;
            }

            return found;
        }
    }

    /// <summary>Media time of the entry at a position, or of the nearest that is held.</summary>
    internal long MediaTimeAt(long position)
    {
        lock (_lock)
        {
            return _first == _next ? 0 : At(Math.Clamp(position, _first, _next - 1)).MediaTime;
        }
    }

    /// <summary>Everything that was written before a position, as far as that is still known: before the nearest that is held.</summary>
    internal MediaTotals TotalsBefore(long position)
    {
        lock (_lock)
        {
            long nearest = Math.Max(position, _first);
            return nearest < _next ? At(nearest).Totals - At(nearest).Own : _totals;
        }
    }

    private long NewestHeld(long from) => _newestGop >= from && _newestGop < _next ? _newestGop : None;

    /// <summary>The start before another. Between two starts lie only entries of the first.</summary>
    private long GopBefore(long gop, long from)
    {
        long before = gop > from ? At(gop - 1).GopStart : None;
        return before >= from ? before : None;
    }

    private long FindGop(long position, long from)
    {
        if (position >= from && position < _next && At(position).GopStart >= from)
        {
            return At(position).GopStart;
        }

        for (long p = Math.Max(position, from); p < _next; p++)
        {
            if (At(p).GopStart == p)
            {
                return p;
            }
        }

        return None;
    }
}
