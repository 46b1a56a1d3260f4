using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Engine;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Reading;

/// <summary>Reads a lane of the card ahead, for a <see cref="SpoolReader"/>. The engine's thread alone.</summary>
internal sealed class LaneFeed(SpoolReader reader, SegmentScanner scanner, SpoolOrder order, LossLedger losses)
{
    // Read in one step: then writing gets its turn.
    private const int StepBytes = 512 * 1024;

    private MountedCard? _card;
    private ulong _sequenceBase;
    private SegmentInfo? _segment;
    private IBlockFile? _file;
    private RecordHeader _held;
    private bool _isHolding;

    /// <summary>The last fault of the card since the last step.</summary>
    public StoreFault Fault { get; private set; }

    /// <summary>Another card, or none.</summary>
    /// <param name="card">The card.</param>
    /// <param name="sequenceBase">What is added to a record's ticket to make its sequence on it.</param>
    public void Attach(MountedCard? card, ulong sequenceBase)
    {
        _sequenceBase = sequenceBase;
        Close();
        _isHolding = false;
        _card = card;
    }

    /// <summary>A file that was removed keeps its blocks while it is open.</summary>
    public void LetGoOfRemoved()
    {
        if (_segment is { IsRemoved: true })
        {
            Close();
            _isHolding = false;
        }
    }

    /// <summary>Takes confirmations.</summary>
    public bool TakeMarks()
    {
        bool hasWorked = false;
        while (_card is not null && reader.TryTakeMark(out SpoolPosition mark))
        {
            _card.Index.Mark(mark);
            hasWorked = true;
        }

        return hasWorked;
    }

    /// <summary>Reads a piece, if somebody wants it and there is room. True when something was done.</summary>
    public bool Step()
    {
        Fault = StoreFault.None;
        if (reader.TakeRewind())
        {
            Leave();
            _isHolding = false;
            _card?.Index.Rewind(reader.Lane);
            return true;
        }

        if (_card is null || !reader.IsWanted || (_isHolding && !TryHandOut()))
        {
            return false;
        }

        return (_segment is not null || TryOpen(_card)) && Read(_segment!);
    }

    private bool TryOpen(MountedCard card)
    {
        SegmentInfo? segment = card.Index.NextUnread(reader.Lane, order);
        if (segment is null)
        {
            return false;
        }

        Fault = card.Store.Open(segment.Name, writable: false, out _file);
        if (Fault != StoreFault.None)
        {
            GiveUp(segment);
            return false;
        }

        _segment = segment;
        scanner.Start(_file!, segment.Salt, segment.ReadOffset, segment.ReadSequence);
        return true;
    }

    private bool Read(SegmentInfo segment)
    {
        if (segment.IsRemoved)
        {
            Close();
            return true;
        }

        long stop = scanner.Position + StepBytes;
        while (scanner.Position < stop)
        {
            switch (scanner.Next(segment.Committed, out RecordHeader header))
            {
                case ScanResult.End:
                    Finish(segment);
                    return true;
                case ScanResult.Fault:
                    Fault = scanner.Fault;
                    GiveUp(segment);
                    return true;
                default:
                    segment.Salt ??= header.Salt;
                    if (header.Sequence >= segment.EndSequence)
                    {
                        Finish(segment); // the rest was written anew
                        return true;
                    }

                    if (IsWanted(segment, header))
                    {
                        _held = header;
                        _isHolding = true;
                        segment.Owed = header.Sequence;
                        if (!TryHandOut())
                        {
                            return true;
                        }
                    }

                    break;
            }
        }

        return true;
    }

    private bool IsWanted(SegmentInfo segment, in RecordHeader header)
    {
        if (!EntryFields.IsValid(reader.Lane, header.Type, header.Length))
        {
            losses.Add(SpoolLossReason.Damaged, 1, header.Length);
            return false;
        }

        if (header.Length > reader.Ring.MaxLength)
        {
            losses.Add(SpoolLossReason.TooLarge, 1, header.Length);
            return false;
        }

        return header.Sequence > segment.DeliveredThrough;
    }

    /// <summary>False when there is no room: the record stays where it is, in the scanner.</summary>
    private bool TryHandOut()
    {
        SegmentInfo segment = _segment!;
        long ticket = segment.Epoch == _card!.Epoch ? (long)(_held.Sequence - _sequenceBase) : 0;
        var entry = new RecordEntry(_held.Type, _held.Flags, Position: new SpoolPosition(segment.Id, _held.Salt, _held.Sequence), Ticket: ticket);
        _isHolding = reader.Ring.TryAdd(entry, scanner.Payload.Span, [], out _) == 0;
        return !_isHolding;
    }

    private void Finish(SegmentInfo segment)
    {
        segment.IsRead = !segment.IsOpen;
        Leave();
    }

    private void GiveUp(SegmentInfo segment)
    {
        if (!segment.IsErrorCounted)
        {
            losses.Add(SpoolLossReason.Unreadable, 1, segment.Length);
        }

        segment.IsErrorCounted = true;
        segment.IsUnreadable = true;
        if (Fault == StoreFault.NotFound)
        {
            _card!.Index.Remove(segment); // by somebody else
        }

        Leave();
    }

    private void Leave()
    {
        if (_segment is { } segment)
        {
            if (scanner.DamagedPlaces > 0 && segment.DamageCountedThrough <= segment.ReadOffset)
            {
                losses.Add(SpoolLossReason.Damaged, scanner.DamagedPlaces, scanner.DamagedBytes);
            }

            segment.DamageCountedThrough = Math.Max(segment.DamageCountedThrough, scanner.Position);
            segment.ReadOffset = scanner.Position;
            segment.ReadSequence = scanner.LastSequence;
        }

        Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
    }
}
