using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Writing;

/// <summary>Writes the records of one lane, as they wait in its queue, into segments of its own.</summary>
/// <remarks>A record leaves the queue when it is on the card and not before. When that fails the segment is sealed at its last good end, because
/// nobody knows what the card has of the rest, and the records, which still wait in the queue, go into a new one. Name and header of a segment are
/// synced before its first record: so whoever finds a record finds by the header whether it was written anew.
/// A segment from before a start, or from before the card was mounted, is never written to.</remarks>
internal sealed class SegmentWriter(SpoolLane lane, RecordRing queue, BatchWriter batch, Random random, int segmentBytes)
{
    // A new GOP after this part of a segment starts the next one, so that segments start with a GOP: what stays after an eviction decodes.
    private const int RollNumerator = 3;
    private const int RollDenominator = 4;
    private const int MaxNameTries = 16;

    private MountedCard? _card;
    private IBlockFile? _file;
    private SegmentInfo? _segment;
    private long _end;
    private ulong _sequenceBase;

    /// <summary>There is a segment to write to.</summary>
    public bool IsOpen => _segment is { IsRemoved: false };

    /// <summary>What is added to a record's ticket to make its sequence on this card.</summary>
    public ulong SequenceBase => _sequenceBase;

    private ulong NextSequence => _sequenceBase + (ulong)queue.Released + 1;

    /// <summary>A card is there.</summary>
    public void Attach(MountedCard card, ulong sequenceBase)
    {
        _card = card;
        _sequenceBase = sequenceBase;
    }

    /// <summary>How many of the records that are due fit into the segment; 0 asks for another.</summary>
    /// <param name="due">How many are due.</param>
    /// <param name="bytes">What they take on the card.</param>
    public int Measure(int due, out long bytes)
    {
        long at = IsOpen ? _end : Layout.BlockBytes;
        long start = IsOpen ? at : 0;
        int count = 0;
        while (count < due)
        {
            ref readonly RecordEntry entry = ref queue.Peek(count);
            bool isFirst = at == Layout.BlockBytes;
            bool isRoll = entry.Flags.Has(RecordFlags.StartsGop) && at >= (long)segmentBytes * RollNumerator / RollDenominator;
            long next = at + RecordHeader.Size + entry.Length;
            if (!isFirst && (isRoll || Layout.AlignUp(next) > segmentBytes))
            {
                break;
            }

            at = next;
            count++;
        }

        bytes = Layout.AlignUp(at) - start;
        return count;
    }

    /// <summary>Starts a new segment; none on a fault.</summary>
    public StoreFault Open()
    {
        Detach(); // from one that was given up
        StoreFault fault = Create(out uint id);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        var segment = new SegmentInfo(id, lane, SegmentName.Of(id, lane))
        {
            Salt = (uint)random.NextInt64(1, 1L << 32),
            Epoch = _card!.Epoch,
            FirstSequence = NextSequence,
            IsOpen = true,
            Length = Layout.BlockBytes,
            Committed = Layout.BlockBytes,
        };
        fault = WriteHeader(segment);
        if (fault != StoreFault.None)
        {
            Detach();
            _ = _card.Store.Delete(segment.Name); // or it is found at the next start, with nothing in it
            return fault;
        }

        _card.Index.Supersede(lane, _card.Epoch, NextSequence);
        _card.Index.Add(segment);
        _segment = segment;
        _end = Layout.BlockBytes;
        return StoreFault.None;
    }

    /// <summary>Brings the oldest records to the card and lets them go from the queue; on a fault, seals the segment.</summary>
    /// <param name="count">As measured.</param>
    public StoreFault Commit(int count)
    {
        long end = Write(count);
        _card!.Index.Resize(_segment!, end); // whatever of it is there
        StoreFault fault = batch.Fault != StoreFault.None ? batch.Fault : _file!.Sync();
        if (fault != StoreFault.None)
        {
            Seal();
            return fault;
        }

        _end = end;
        _segment!.Committed = end;
        queue.Release(count);
        return StoreFault.None;
    }

    /// <summary>Nothing more goes into the segment.</summary>
    public void Seal()
    {
        if (_segment is not null)
        {
            _segment.IsOpen = false;
            _segment.IsRead |= _segment.Committed <= Layout.BlockBytes; // nothing of it was kept: it can go
        }

        Detach();
    }

    /// <summary>A file that was removed keeps its blocks while it is open.</summary>
    public void LetGoOfRemoved()
    {
        if (_segment is { IsRemoved: true })
        {
            Detach();
        }
    }

    /// <summary>The card is gone, or not to be written to.</summary>
    public void Detach()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
    }

    private StoreFault Create(out uint id)
    {
        StoreFault fault = StoreFault.Exists;
        id = 0;
        for (int tries = 0; fault == StoreFault.Exists && tries < MaxNameTries; tries++)
        {
            id = _card!.TakeSegmentId();
            fault = _card.Store.Create(SegmentName.Of(id, lane), out _file);
        }

        return fault;
    }

    private StoreFault WriteHeader(SegmentInfo segment)
    {
        batch.Start(_file!, 0);
        var header = new SegmentHeader(lane, segment.Id, segment.Salt!.Value, segment.Epoch, segment.FirstSequence, _card!.Volume);
        Span<byte> block = stackalloc byte[Layout.BlockBytes];
        header.Write(block);
        batch.Add(block);
        batch.End();
        StoreFault fault = batch.Fault != StoreFault.None ? batch.Fault : _file!.Sync();
        return fault != StoreFault.None ? fault : _card.Store.SyncDirectory();
    }

    private long Write(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ref readonly RecordEntry entry = ref queue.Peek(i);
            HeaderOf(entry, i).Write(queue.Headroom(entry));
        }

        batch.Start(_file!, _end);
        for (int i = 0, taken; i < count; i += taken)
        {
            batch.Add(queue.Piece(i, count - i, out taken));
        }

        return batch.End();
    }

    private RecordHeader HeaderOf(in RecordEntry entry, int index)
    {
        uint crc = Crc32C.Of(queue.Payload(entry).Span);
        return new RecordHeader(_segment!.Salt!.Value, NextSequence + (ulong)index, entry.Length, entry.Type, entry.Flags, crc);
    }
}
