using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>The segments of one mounted card. Thread-safe: the writer's thread adds and removes, the reader's reads, any thread marks.</summary>
internal sealed class SegmentIndex
{
    private readonly Lock _lock = new();
    private readonly List<SegmentInfo>[] _lanes = [[], []];
    private int _marks;
    private long _bytes;
    private int _gaps;

    /// <summary>Bytes that all segments take.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Segments of both lanes.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes[0].Count + _lanes[1].Count;
            }
        }
    }

    /// <summary>Marks that no cursor file has yet.</summary>
    public int Marks
    {
        get
        {
            lock (_lock)
            {
                return _marks;
            }
        }
    }

    /// <summary>Counts evictions: the reader sees by it that what it reads next does not follow what it read last.</summary>
    public int Gaps
    {
        get
        {
            lock (_lock)
            {
                return _gaps;
            }
        }
    }

    /// <summary>Adds a segment; the numbers of both lanes only grow while a card is mounted, but are found in any order.</summary>
    public void Add(SegmentInfo segment)
    {
        lock (_lock)
        {
            List<SegmentInfo> lane = _lanes[(int)segment.Lane];
            int at = lane.Count;
            while (at > 0 && lane[at - 1].Id > segment.Id)
            {
                at--;
            }

            lane.Insert(at, segment);
            _bytes += segment.Length;
        }
    }

    /// <summary>Forgets a segment whose file is gone.</summary>
    public void Remove(SegmentInfo segment, bool isLoss)
    {
        lock (_lock)
        {
            if (_lanes[(int)segment.Lane].Remove(segment))
            {
                _bytes -= segment.Length;
                _gaps += isLoss ? 1 : 0;
            }
        }
    }

    /// <summary>More of an open segment may be read.</summary>
    public void Commit(SegmentInfo segment, long end)
    {
        lock (_lock)
        {
            _bytes += end - segment.Length;
            segment.Length = end;
            segment.Committed = end;
        }
    }

    /// <summary>Nothing is added to it any more.</summary>
    public void Seal(SegmentInfo segment)
    {
        lock (_lock)
        {
            segment.IsOpen = false;
        }
    }

    /// <summary>What goes first when room is wanted: the oldest media, then the oldest events; never what is being written.</summary>
    public SegmentInfo? OldestEvictable()
    {
        lock (_lock)
        {
            foreach (List<SegmentInfo> lane in _lanes)
            {
                foreach (SegmentInfo segment in lane)
                {
                    if (!segment.IsOpen)
                    {
                        return segment;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>What can be removed because all of it has been delivered.</summary>
    public SegmentInfo? FirstDone()
    {
        lock (_lock)
        {
            foreach (List<SegmentInfo> lane in _lanes)
            {
                foreach (SegmentInfo segment in lane)
                {
                    if (segment.IsDone)
                    {
                        return segment;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>Where the reader goes on in a lane, and what it needs to know of it.</summary>
    public SegmentInfo? NextUnread(Lane lane, SpoolOrder order, out SegmentView view)
    {
        lock (_lock)
        {
            List<SegmentInfo> segments = _lanes[(int)lane];
            for (int i = 0; i < segments.Count; i++)
            {
                SegmentInfo segment = segments[order == SpoolOrder.OldestFirst ? i : segments.Count - 1 - i];
                if (segment.HasUnread)
                {
                    view = SegmentView.Of(segment);
                    return segment;
                }
            }

            view = default;
            return null;
        }
    }

    /// <summary>How the segment stands now.</summary>
    public SegmentView View(SegmentInfo segment)
    {
        lock (_lock)
        {
            return SegmentView.Of(segment);
        }
    }

    /// <summary>The reader has handed out a record.</summary>
    public void Owe(SegmentInfo segment, uint salt, ulong sequence)
    {
        lock (_lock)
        {
            segment.Salt ??= salt;
            segment.Owed = Math.Max(segment.Owed, sequence);
        }
    }

    /// <summary>The reader leaves a segment for now.</summary>
    public void Leave(SegmentInfo segment, long offset, ulong sequence)
    {
        lock (_lock)
        {
            segment.ReadOffset = offset;
            segment.ReadSequence = sequence;
        }
    }

    /// <summary>The reader has come to a segment's end; true when its damage has not been counted before.</summary>
    public bool Finish(SegmentInfo segment)
    {
        lock (_lock)
        {
            segment.IsRead = true;
            bool isFirst = !segment.IsDamageCounted;
            segment.IsDamageCounted = true;
            return isFirst;
        }
    }

    /// <summary>The card gives an error in a segment.</summary>
    public void GiveUp(SegmentInfo segment)
    {
        lock (_lock)
        {
            segment.IsUnreadable = true;
            _gaps++;
        }
    }

    /// <summary>The reader starts again with what has not been delivered.</summary>
    public void Rewind()
    {
        lock (_lock)
        {
            foreach (List<SegmentInfo> lane in _lanes)
            {
                foreach (SegmentInfo segment in lane)
                {
                    segment.IsRead = false;
                    segment.Owed = 0;
                    segment.ReadOffset = Layout.BlockBytes;
                    segment.ReadSequence = 0;
                }
            }
        }
    }

    /// <summary>All of a segment up to a record has been delivered; true when the writer's thread should look at it.</summary>
    public bool Mark(SpoolPosition position, int marksPerFile)
    {
        lock (_lock)
        {
            SegmentInfo? segment = Find(position.Segment, position.Salt);
            if (segment is null || segment.DeliveredThrough >= position.Sequence)
            {
                return false; // evicted, another card, or known
            }

            segment.DeliveredThrough = position.Sequence;
            _marks++;
            return _marks == 1 || _marks >= marksPerFile || segment.IsDone;
        }
    }

    /// <summary>Takes over what cursor files say.</summary>
    public void Restore(ReadOnlySpan<CursorEntry> entries)
    {
        lock (_lock)
        {
            foreach (CursorEntry entry in entries)
            {
                if (Find(entry.Segment, entry.Salt) is { } segment)
                {
                    segment.DeliveredThrough = Math.Max(segment.DeliveredThrough, entry.Through);
                }
            }
        }
    }

    /// <summary>What a cursor file has to say; events first, then media, oldest first: what finds no room is delivered twice.</summary>
    /// <param name="entries">Takes <see cref="CursorFile.MaxEntries"/>.</param>
    /// <param name="marks">How many marks it covers.</param>
    public int Collect(Span<CursorEntry> entries, out int marks)
    {
        lock (_lock)
        {
            int count = 0;
            for (int lane = _lanes.Length - 1; lane >= 0; lane--)
            {
                foreach (SegmentInfo segment in _lanes[lane])
                {
                    if (segment.DeliveredThrough > 0 && segment.Salt is uint salt && count < entries.Length)
                    {
                        entries[count++] = new CursorEntry(segment.Id, salt, segment.DeliveredThrough);
                    }
                }
            }

            marks = _marks;
            return count;
        }
    }

    /// <summary>A cursor file has been written.</summary>
    public void Saved(int marks)
    {
        lock (_lock)
        {
            _marks -= marks;
        }
    }

    /// <summary>Within one epoch, what a later segment starts with ends an earlier one of its lane.</summary>
    public void FindEnds()
    {
        lock (_lock)
        {
            foreach (List<SegmentInfo> lane in _lanes)
            {
                for (int i = 0; i < lane.Count; i++)
                {
                    for (int later = i + 1; later < lane.Count && lane[i].Epoch != 0; later++)
                    {
                        if (lane[later].Epoch == lane[i].Epoch)
                        {
                            lane[i].EndSequence = lane[later].FirstSequence;
                            break; // later ones start later
                        }
                    }
                }
            }
        }
    }

    /// <summary>The segments of a lane, oldest first.</summary>
    public SegmentInfo[] Snapshot(Lane lane)
    {
        lock (_lock)
        {
            return [.. _lanes[(int)lane]];
        }
    }

    private SegmentInfo? Find(uint id, uint salt)
    {
        foreach (List<SegmentInfo> lane in _lanes)
        {
            foreach (SegmentInfo segment in lane)
            {
                if (segment.Id == id && segment.Salt == salt)
                {
                    return segment;
                }
            }
        }

        return null;
    }
}
