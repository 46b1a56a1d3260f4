using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Reading;

namespace Andmu.Pipeline.Spool;

/// <summary>Reads the backlog of one lane for delivery, in order, and takes confirmations.</summary>
/// <remarks>
/// <para>No call waits for the card: the journal's thread reads ahead into memory that was taken at the start.</para>
/// <para>A record is read again, after <see cref="Rewind"/>, a restart, or when the card was away, until it is confirmed: nothing is lost, but what was
/// delivered without a confirmation that reached the card comes twice. What has been confirmed as a whole segment is removed from the card.</para>
/// <para>One thread at a time; another one may confirm.</para>
/// </remarks>
public sealed class SpoolReader
{
    // Segments that may be under way at once, a gibibyte: what finds no room is delivered twice.
    private const int MaxSegments = 64;

    private readonly Action _wake;
    private readonly Lock _lock = new();
    private readonly PositionList _handedOut = new(MaxSegments);
    private readonly PositionList _confirmed = new(MaxSegments);
    private bool _holds;
    private volatile bool _isWanted;
    private volatile bool _isRewinding;
    private volatile bool _hasBacklog;
    private long _readRecords;

    internal SpoolReader(SpoolLane lane, RecordRing ring, Action wake)
    {
        Lane = lane;
        Ring = ring;
        _wake = wake;
    }

    /// <summary>What it reads.</summary>
    public SpoolLane Lane { get; }

    /// <summary>Something of this lane is still to be delivered, as far as the journal's thread has seen: on the card and not confirmed, or on its way
    /// to the card. False while no card is there.</summary>
    public bool HasBacklog => _hasBacklog;

    /// <summary>Records that were handed out.</summary>
    internal long ReadRecords => Interlocked.Read(ref _readRecords);

    /// <summary>The way back: the journal's thread adds, the reader takes.</summary>
    internal RecordRing Ring { get; }

    /// <summary>Somebody reads: it is worth reading ahead.</summary>
    internal bool IsWanted => _isWanted;

    /// <summary>The next record that is not delivered.</summary>
    /// <param name="record">Its memory is valid until the next call of this or of <see cref="Rewind"/>.</param>
    /// <returns>False when there is none at the moment: try again after <see cref="SpoolJournal.Progressed"/>.</returns>
    public bool TryRead(out SpoolRecord record)
    {
        record = default;
        if (_isRewinding)
        {
            return false;
        }

        bool wasWanted = _isWanted;
        _isWanted = true;
        if (_holds)
        {
            _holds = false;
            Ring.Release(1);
        }

        if (Ring.Added == Ring.Released)
        {
            _wake();
            return false;
        }

        if (!wasWanted || IsHalfEmpty())
        {
            _wake();
        }

        ref readonly RecordEntry entry = ref Ring.Peek(0);
        record = new SpoolRecord(Lane, entry.Position, entry.Flags, Ring.Payload(entry), entry.Ticket);
        lock (_lock)
        {
            _handedOut.Add(entry.Position);
        }

        _holds = true;
        Interlocked.Increment(ref _readRecords);
        return true;
    }

    /// <summary>All that was read since the last <see cref="Rewind"/>, up to and with this record, has been delivered. Any thread. Never waits for the
    /// card.</summary>
    /// <param name="position">A position of another card, or of a segment that was given up, changes nothing.</param>
    public void Confirm(SpoolPosition position)
    {
        lock (_lock)
        {
            int earlier = Math.Max(_handedOut.Find(position), 0);
            for (int i = 0; i < earlier; i++)
            {
                _confirmed.Add(_handedOut[i]);
            }

            _handedOut.RemoveFirst(earlier);
            _confirmed.Add(position);
        }

        _wake();
    }

    /// <summary>Starts again with the oldest that is not confirmed: for a new connection. Nothing is read from the card until the next
    /// <see cref="TryRead"/>.</summary>
    public void Rewind()
    {
        lock (_lock)
        {
            _handedOut.Clear();
        }

        _isWanted = false;
        _isRewinding = true;
        _wake();
    }

    /// <summary>The journal's thread: empties the ring, if asked to. The reader stays away until then.</summary>
    internal bool TakeRewind()
    {
        if (!_isRewinding)
        {
            return false;
        }

        _holds = false;
        Ring.Release((int)(Ring.Added - Ring.Released));
        _isRewinding = false;
        return true;
    }

    /// <summary>The journal's thread: a confirmation, if there is one.</summary>
    internal bool TryTakeMark(out SpoolPosition mark)
    {
        lock (_lock)
        {
            bool isThere = _confirmed.Count > 0;
            mark = isThere ? _confirmed[0] : default;
            _confirmed.RemoveFirst(isThere ? 1 : 0);
            return isThere;
        }
    }

    internal void SetBacklog(bool hasBacklog) => _hasBacklog = hasBacklog;

    private bool IsHalfEmpty()
    {
        RingView view = Ring.View();
        return view.Bytes < view.Capacity / 2;
    }
}
