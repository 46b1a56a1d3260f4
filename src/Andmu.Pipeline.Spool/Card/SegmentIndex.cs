using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>The segments of one mounted card, by lane, oldest first. The engine's thread alone.</summary>
internal sealed class SegmentIndex
{
    private readonly List<SegmentInfo>[] _lanes = [[], []];

    /// <summary>Bytes that all segments take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Segments of both lanes.</summary>
    public int Count => _lanes[0].Count + _lanes[1].Count;

    /// <summary>Marks that no cursor file has yet.</summary>
    public int Marks { get; private set; }

    /// <summary>The segments of a lane, oldest first.</summary>
    public IReadOnlyList<SegmentInfo> Of(SpoolLane lane) => _lanes[(int)lane];

    /// <summary>Adds a segment; the numbers only grow while a card is mounted, but are found in any order.</summary>
    public void Add(SegmentInfo segment)
    {
        List<SegmentInfo> lane = _lanes[(int)segment.Lane];
        int at = lane.Count;
        while (at > 0 && lane[at - 1].Id > segment.Id)
        {
            at--;
        }

        lane.Insert(at, segment);
        Bytes += segment.Length;
    }

    /// <summary>Forgets a segment whose file is gone.</summary>
    public void Remove(SegmentInfo segment)
    {
        if (_lanes[(int)segment.Lane].Remove(segment))
        {
            Bytes -= segment.Length;
        }
    }

    /// <summary>A segment's file takes so many bytes now.</summary>
    public void Resize(SegmentInfo segment, long length)
    {
        Bytes += length - segment.Length;
        segment.Length = length;
    }

    /// <summary>What goes first when room is wanted: the oldest media, even what is being written; then the oldest events, but not these.</summary>
    public SegmentInfo? OldestEvictable() =>
        _lanes[(int)SpoolLane.Media] is [SegmentInfo oldest, ..] ? oldest : _lanes[(int)SpoolLane.Event].Find(static segment => !segment.IsOpen);

    /// <summary>What can be removed because all of it has been delivered.</summary>
    public SegmentInfo? FirstDone() =>
        _lanes[(int)SpoolLane.Media].Find(static segment => segment.IsDone) ?? _lanes[(int)SpoolLane.Event].Find(static segment => segment.IsDone);

    /// <summary>Where reading goes on in a lane.</summary>
    public SegmentInfo? NextUnread(SpoolLane lane, SpoolOrder order)
    {
        List<SegmentInfo> segments = _lanes[(int)lane];
        return order == SpoolOrder.OldestFirst
            ? segments.Find(static segment => segment.HasUnread)
            : segments.FindLast(static segment => segment.HasUnread);
    }

    /// <summary>Whether anything of a lane is still to be delivered, as far as is known.</summary>
    public bool HasBacklog(SpoolLane lane) => _lanes[(int)lane].Exists(static segment => segment.HasBacklog);

    /// <summary>What was read but not delivered is read again.</summary>
    public void Rewind(SpoolLane lane) => _lanes[(int)lane].ForEach(static segment => segment.Rewind());

    /// <summary>All of a segment up to a record has been delivered. What is evicted, of another card, or known, changes nothing.</summary>
    public void Mark(SpoolPosition position)
    {
        if (Find(position.Segment, position.Salt) is { } segment && segment.DeliveredThrough < position.Sequence)
        {
            segment.DeliveredThrough = position.Sequence;
            Marks++;
        }
    }

    /// <summary>Takes over what cursor files say.</summary>
    public void Restore(ReadOnlySpan<CursorEntry> entries)
    {
        foreach (CursorEntry entry in entries)
        {
            if (Find(entry.Segment, entry.Salt) is { } segment)
            {
                segment.DeliveredThrough = Math.Max(segment.DeliveredThrough, entry.Through);
            }
        }
    }

    /// <summary>What a cursor file has to say; events first, then media, oldest first: what finds no room is delivered twice.</summary>
    /// <param name="entries">Takes <see cref="CursorFile.MaxEntries"/>.</param>
    public int Collect(Span<CursorEntry> entries)
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

        return count;
    }

    /// <summary>A cursor file with all marks has been written.</summary>
    public void Saved() => Marks = 0;

    /// <summary>Within one epoch, what a later segment starts with ends an earlier one of its lane.</summary>
    public void FindEnds()
    {
        var starts = new Dictionary<ulong, ulong>();
        foreach (List<SegmentInfo> lane in _lanes)
        {
            starts.Clear();
            for (int i = lane.Count - 1; i >= 0; i--)
            {
                if (lane[i].Epoch != 0)
                {
                    lane[i].EndSequence = starts.GetValueOrDefault(lane[i].Epoch, ulong.MaxValue);
                    starts[lane[i].Epoch] = lane[i].FirstSequence;
                }
            }
        }
    }

    /// <summary>A segment of this epoch is about to start with <paramref name="first"/>: what earlier ones have of it or after it was not kept.</summary>
    public void Supersede(SpoolLane lane, ulong epoch, ulong first)
    {
        foreach (SegmentInfo segment in _lanes[(int)lane])
        {
            if (segment.Epoch == epoch)
            {
                segment.EndSequence = Math.Min(segment.EndSequence, first);
            }
        }
    }

    /// <summary>What gave an error in reading is read again.</summary>
    public void RetryUnreadable()
    {
        foreach (List<SegmentInfo> lane in _lanes)
        {
            lane.ForEach(static segment => segment.IsUnreadable = false);
        }
    }

    private SegmentInfo? Find(uint id, uint salt) => Find(SpoolLane.Media, id, salt) ?? Find(SpoolLane.Event, id, salt);

    private SegmentInfo? Find(SpoolLane lane, uint id, uint salt)
    {
        foreach (SegmentInfo segment in _lanes[(int)lane])
        {
            if (segment.Id == id && segment.Salt == salt)
            {
                return segment;
            }
        }

        return null;
    }
}
