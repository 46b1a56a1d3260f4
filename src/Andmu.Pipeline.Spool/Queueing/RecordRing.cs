using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Queueing;

/// <summary>A bounded queue of records with memory of its own: nothing is allocated once it is made.</summary>
/// <remarks>
/// <code>
///   0          head                     tail      capacity
///   |  free    | payload | payload | ...|  free   |        each payload lies in one piece: one that does
///   | payload |  free  head | payload | unused    |        not fit before the end goes to the start
/// </code>
/// Any threads add, one takes. Payloads are copied in under the lock; the taker reads them without it, because what has been added stays where
/// it is until the taker lets it go. Before each payload is room for a header of the taker's, so that records that lie side by side can be
/// written as they lie. A record's number counts from 1 and never comes again: for what goes to the card it is the ticket, and what was let
/// go is on the card.
/// </remarks>
/// <param name="capacityBytes">Bytes of payloads and of what is before them.</param>
/// <param name="maxRecords">Records at the most.</param>
/// <param name="headroom">Bytes before each payload.</param>
internal sealed class RecordRing(int capacityBytes, int maxRecords, int headroom = 0)
{
    private readonly Lock _lock = new();
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacityBytes, pinned: false);
    private readonly RecordEntry[] _entries = new RecordEntry[maxRecords];
    private long _added;
    private long _released;
    private long _newestGop;
    private int _head;
    private int _tail;
    private int _used;
    private bool _isClosed;

    /// <summary>Number of the newest record: how many were ever added.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Number of the newest record that was let go.</summary>
    public long Released => Interlocked.Read(ref _released);

    /// <summary>A payload of this length finds room whatever lies where, once enough has been let go.</summary>
    public int MaxLength => (_bytes.Length / 2) - headroom;

    /// <summary>Adds a record; its payload is <paramref name="fields"/>, then <paramref name="data"/>.</summary>
    /// <param name="entry">What is known of it.</param>
    /// <param name="fields">The payload's first part.</param>
    /// <param name="data">And its second.</param>
    /// <param name="after">The ring with it.</param>
    /// <returns>Its number, or 0 when there is no room, or the ring has been closed.</returns>
    public long TryAdd(in RecordEntry entry, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, out RingView after)
    {
        int length = fields.Length + data.Length;
        lock (_lock)
        {
            int place = _isClosed ? -1 : Place(headroom + length);
            if (place < 0)
            {
                after = default;
                return 0;
            }

            int start = place + headroom;
            fields.CopyTo(_bytes.AsSpan(start));
            data.CopyTo(_bytes.AsSpan(start + fields.Length));
            _entries[_added % _entries.Length] = entry with { Start = start, Length = length };
            _tail = start + length;
            _used += length;
            Interlocked.Exchange(ref _added, _added + 1); // read without the lock
            _newestGop = entry.Flags.Has(RecordFlags.StartsGop) ? _added : _newestGop;
            after = ViewUnlocked();
            return _added;
        }
    }

    public RingView View()
    {
        lock (_lock)
        {
            return ViewUnlocked();
        }
    }

    /// <summary>The taker's: a record that has been added and not let go; 0 is the oldest.</summary>
    public ref readonly RecordEntry Peek(int index) => ref _entries[(_released + index) % _entries.Length];

    /// <summary>The taker's: a record's payload.</summary>
    public ReadOnlyMemory<byte> Payload(in RecordEntry entry) => _bytes.AsMemory(entry.Start, entry.Length);

    /// <summary>The taker's: what is before a record's payload, to be written to.</summary>
    public Span<byte> Headroom(in RecordEntry entry) => _bytes.AsSpan(entry.Start - headroom, headroom);

    /// <summary>The taker's: as many records as lie in one piece, each with what is before its payload.</summary>
    /// <param name="index">The first.</param>
    /// <param name="count">How many at the most, from 1.</param>
    /// <param name="taken">How many they are.</param>
    public ReadOnlySpan<byte> Piece(int index, int count, out int taken)
    {
        int start = Peek(index).Start - headroom;
        int end = start;
        taken = 0;
        while (taken < count && Peek(index + taken) is var entry && entry.Start - headroom == end)
        {
            end = entry.Start + entry.Length;
            taken++;
        }

        return _bytes.AsSpan(start, end - start);
    }

    /// <summary>The taker's: lets the oldest go.</summary>
    public void Release(int count)
    {
        lock (_lock)
        {
            for (int i = 0; i < count; i++)
            {
                _used -= Peek(i).Length;
            }

            Interlocked.Exchange(ref _released, _released + count);
            if (_released == _added)
            {
                _head = _tail = 0;
            }
            else
            {
                _head = Peek(0).Start - headroom;
            }
        }
    }

    /// <summary>Takes nothing more.</summary>
    /// <returns>What is left in it.</returns>
    public RingView Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return ViewUnlocked();
        }
    }

    private RingView ViewUnlocked()
    {
        int count = (int)(_added - _released);
        int beforeGop = (int)Math.Max(_newestGop - _released - 1, 0);
        return new RingView(count, _used, _bytes.Length, _entries.Length, beforeGop, count == 0 ? 0 : Peek(0).At);
    }

    /// <summary>Where a payload goes with what is before it, or -1. No payload is empty: each has its fields.</summary>
    private int Place(int length)
    {
        bool isEmpty = _added == _released;
        bool isWrapped = !isEmpty && _tail <= _head;
        if (_added - _released == _entries.Length)
        {
            return -1;
        }

        if (isWrapped)
        {
            return _head - _tail >= length ? _tail : -1;
        }

        return _bytes.Length - _tail >= length ? _tail : _head >= length ? 0 : -1;
    }
}
