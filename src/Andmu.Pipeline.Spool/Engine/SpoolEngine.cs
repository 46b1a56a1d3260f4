using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Writing;

namespace Andmu.Pipeline.Spool.Engine;

/// <summary>All that is done with the card, one step after the other: its thread alone may wait for it.</summary>
/// <remarks>What is most urgent goes first: events, media, what has been delivered, room, reading. A step does one thing, so that a new event
/// waits for one of them at the most.</remarks>
internal sealed class SpoolEngine
{
    private const int MarksPerFile = 64;

    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly CardKeeper _keeper;
    private readonly SpaceKeeper _space;
    private readonly LossLedger _losses;
    private readonly EngineLane[] _lanes;
    private readonly Lock _statusLock = new();
    private MountedCard? _card;
    private ulong _epoch;
    private VolumeId _epochVolume;
    private long _deliveredSegments;
    private long _markedAt;
    private bool _hasMarks;
    private bool _isClosing;
    private TaskCompletionSource<bool>? _erasing;
    private CardStatus _status;

    /// <summary>Puts it together. Nothing is done before the first <see cref="Step"/>.</summary>
    public SpoolEngine(SpoolOptions options, IBlockStore store, SpoolLanes lanes, LossLedger losses, TimeProvider time, Random random)
    {
        _options = options;
        _time = time;
        _random = random;
        _losses = losses;
        var scanner = new SegmentScanner(RecordHeader.Size + options.MaxPayloadBytes);
        var batch = new BatchWriter();
        _keeper = new CardKeeper(store, new CardMounting(store, random, scanner), time, options.ProbeInterval);
        _space = new SpaceKeeper(_keeper, losses, options.CapacityBytes, options.FreeSpaceFloorBytes);
        _lanes =
        [
            new EngineLane(
                lanes.Media,
                new SegmentWriter(SpoolLane.Media, lanes.Media.Queue, batch, random, options.SegmentBytes),
                new LaneFeed(lanes.Media.Reader, scanner, options.ReadOrder, losses)),
            new EngineLane(
                lanes.Events,
                new SegmentWriter(SpoolLane.Event, lanes.Events.Queue, batch, random, options.SegmentBytes),
                new LaneFeed(lanes.Events.Reader, new SegmentScanner(RecordHeader.Size + SpoolOptions.MaxEventPayloadBytes), SpoolOrder.OldestFirst, losses)),
        ];
    }

    /// <summary>What the last step left. Any thread.</summary>
    public CardStatus Status
    {
        get
        {
            lock (_statusLock)
            {
                return _status;
            }
        }
    }

    /// <summary>Nothing more is done.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>From now on what waits is brought to the card without waiting for more, and then it is over.</summary>
    public void Close() => _isClosing = true;

    /// <summary>From now on everything that is on the card goes. Any thread.</summary>
    /// <returns>Whether it has gone; false when the card did not let it.</returns>
    public Task<bool> Erase()
    {
        var mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<bool>? others = Interlocked.CompareExchange(ref _erasing, mine, null);
        return (others ?? mine).Task;
    }

    /// <summary>Does one thing that is due.</summary>
    /// <returns>When to call again, unless something comes before; <see cref="TimeSpan.Zero"/> for at once.</returns>
    public TimeSpan Step()
    {
        if (IsClosed)
        {
            Interlocked.Exchange(ref _erasing, null)?.SetResult(false);
            return Timeout.InfiniteTimeSpan;
        }

        bool hasWorked = Look() || EraseOne() || Write(SpoolLane.Event) || Write(SpoolLane.Media) || SaveCursor() || RemoveDone() || Read();
        Adopt();
        if (!hasWorked && _isClosing)
        {
            End();
        }

        Publish();
        return hasWorked ? TimeSpan.Zero : UntilDue();
    }

    private bool Look()
    {
        if (_keeper.UntilLook > TimeSpan.Zero)
        {
            return false;
        }

        _keeper.Look();
        Adopt();
        return true;
    }

    /// <summary>Takes over what the keeper has mounted or let go.</summary>
    private void Adopt()
    {
        if (_card == _keeper.Card)
        {
            return;
        }

        _card = _keeper.Card;
        bool isKnown = _card is not null && _card.Volume == _epochVolume;
        if (_card is not null)
        {
            // The same card again: epoch and sequences go on, so that what is written anew takes the place of what may be there of it.
            _epoch = isKnown ? _epoch : (ulong)_random.NextInt64(1, long.MaxValue);
            _epochVolume = _card.Volume;
            _card.Epoch = _epoch;
        }

        foreach (EngineLane lane in _lanes)
        {
            lane.Attach(_card, isKnown);
        }
    }

    private bool Write(SpoolLane which)
    {
        EngineLane lane = _lanes[(int)which];
        int due = DueOf(lane);
        if (due == 0 || !_keeper.IsWritable)
        {
            return false;
        }

        int count = lane.Writer.Measure(due, out long bytes);
        if (count == 0)
        {
            lane.Writer.Seal();
            return true;
        }

        StoreFault fault = _space.TryMake(bytes, out bool hasEvicted);
        if (hasEvicted)
        {
            LetGo();
            return true;
        }

        if (fault == StoreFault.NoSpace)
        {
            _keeper.Fill();
            return true;
        }

        fault = fault == StoreFault.None && !lane.Writer.IsOpen ? lane.Writer.Open() : fault;
        fault = fault == StoreFault.None ? lane.Writer.Commit(count) : fault;
        Settle(fault, bytes);
        return true;
    }

    private void Settle(StoreFault fault, long bytes)
    {
        if (fault == StoreFault.NoSpace)
        {
            fault = _space.TryMakeForFull(bytes, out bool hasEvicted);
            if (hasEvicted)
            {
                LetGo();
                return;
            }
        }

        if (fault != StoreFault.None)
        {
            _keeper.Failed(fault);
            return;
        }

        _keeper.Take(bytes);
        _keeper.Succeeded();
    }

    /// <summary>A segment went.</summary>
    private void LetGo()
    {
        foreach (EngineLane lane in _lanes)
        {
            lane.LetGoOfRemoved();
        }

        _keeper.Measure();
    }

    private bool SaveCursor()
    {
        bool hasMarked = false;
        foreach (EngineLane lane in _lanes)
        {
            hasMarked |= lane.Feed.TakeMarks();
        }

        if (_card is null || _card.Index.Marks == 0)
        {
            _hasMarks = false;
            return hasMarked;
        }

        _markedAt = _hasMarks ? _markedAt : _time.GetTimestamp();
        _hasMarks = true;
        bool isDue = _card.Index.Marks >= MarksPerFile || _isClosing || UntilCursor() == TimeSpan.Zero;
        if (!isDue || !_keeper.IsWritable)
        {
            return hasMarked;
        }

        StoreFault fault = _card.Cursor.Save(_card.Index);
        _markedAt = _time.GetTimestamp();
        Settle(fault, bytes: 0);
        return true;
    }

    private bool RemoveDone()
    {
        if (_card is null || !_keeper.CanRemove || _card.Index.FirstDone() is not { } done)
        {
            return false;
        }

        StoreFault fault = _space.Remove(done);
        if (fault == StoreFault.None)
        {
            LetGo();
            _ = _card.Store.SyncDirectory(); // or it is back after a power cut, and is delivered twice
            _keeper.Resume();
            _deliveredSegments += done.Owed > 0 || done.DeliveredThrough > 0 ? 1 : 0;
        }
        else
        {
            _keeper.Failed(fault);
        }

        return true;
    }

    private bool EraseOne()
    {
        if (Volatile.Read(ref _erasing) is not { } erasing)
        {
            return false;
        }

        StoreFault fault = StoreFault.Gone;
        if (_card is not null && _keeper.CanRemove)
        {
            foreach (EngineLane lane in _lanes)
            {
                lane.Writer.Seal();
            }

            fault = _space.TryErase(out bool hasErased);
            if (hasErased)
            {
                LetGo();
                return true;
            }

            fault = fault == StoreFault.None ? _card.Store.SyncDirectory() : fault;
            _keeper.Resume();
        }

        Volatile.Write(ref _erasing, null);
        erasing.SetResult(fault == StoreFault.None);
        return true;
    }

    private bool Read()
    {
        bool hasRead = false;
        foreach (EngineLane lane in _lanes)
        {
            hasRead |= lane.Feed.Step();
            if (lane.Feed.Fault != StoreFault.None)
            {
                _keeper.FailedReading(lane.Feed.Fault);
            }
        }

        return hasRead && !_isClosing;
    }

    private void End()
    {
        foreach (EngineLane lane in _lanes)
        {
            RingView left = lane.Queue.Close();
            _losses.Add(SpoolLossReason.Closed, left.Count, left.Bytes);
            lane.Attach(null, isKnown: true);
        }

        _keeper.Close();
        Interlocked.Exchange(ref _erasing, null)?.SetResult(false);
        IsClosed = true;
    }

    private int DueOf(EngineLane lane)
    {
        RingView view = lane.Queue.View();
        TimeSpan age = view.Count == 0 ? TimeSpan.Zero : _time.GetElapsedTime(view.OldestAt);
        return view.Count == 0 ? 0 : lane.Rule.Due(view, age, _isClosing);
    }

    private TimeSpan UntilDue()
    {
        TimeSpan until = _keeper.UntilLook;
        foreach (EngineLane lane in _lanes)
        {
            RingView view = lane.Queue.View();
            if (view.Count > 0 && _keeper.IsWritable)
            {
                until = Min(until, lane.Rule.Interval - _time.GetElapsedTime(view.OldestAt));
            }
        }

        until = _hasMarks && _keeper.IsWritable ? Min(until, UntilCursor()) : until;
        return IsClosed ? Timeout.InfiniteTimeSpan : (until < TimeSpan.Zero ? TimeSpan.Zero : until);
    }

    private TimeSpan UntilCursor()
    {
        TimeSpan left = _options.CursorInterval - _time.GetElapsedTime(_markedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;

    private void Publish()
    {
        foreach (EngineLane lane in _lanes)
        {
            lane.Publish(_card);
        }

        lock (_statusLock)
        {
            _status = new CardStatus(
                IsClosed ? SpoolState.Closed : _keeper.State,
                _card?.VolumeText ?? string.Empty,
                _keeper.Space,
                _card?.Index.Bytes ?? 0,
                _card?.Index.Count ?? 0,
                _deliveredSegments,
                _keeper.Faults,
                _keeper.Changes);
        }
    }
}
