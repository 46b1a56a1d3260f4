namespace Andmu.Pipeline.Buffering;

/// <summary>One entry of the <see cref="DropLedger"/>: what was given up, why, and which stretch of the media it was.</summary>
/// <param name="Reason">Why.</param>
/// <param name="From">Presentation time at which the stretch starts. Where the host's clock has jumped, it counts on without the jump.</param>
/// <param name="To">Presentation time at which it ends, likewise.</param>
/// <param name="Lost">How much was lost.</param>
public readonly record struct MediaDrop(DropReason Reason, TimeSpan From, TimeSpan To, MediaTotals Lost);

/// <summary>Every loss, by reason: totals for ever, the last ones in detail. Thread-safe; allocates nothing after its start.</summary>
public sealed class DropLedger
{
    /// <summary>How many losses are kept in detail: about ten minutes of one drop every ten seconds.</summary>
    internal const int DetailCapacity = 64;

    /// <summary>Losses for one reason that are no further apart than this are one: a GOP that is refused picture by picture is one loss.</summary>
    private static readonly TimeSpan MergeWithin = TimeSpan.FromSeconds(1);

    private static readonly int ReasonCount = Enum.GetValues<DropReason>().Length;

    private readonly Lock _lock = new();
    private readonly MediaTotals[] _totals = new MediaTotals[ReasonCount];
    private readonly MediaDrop[] _details = new MediaDrop[DetailCapacity];
    private long _count;

    internal DropLedger()
    {
    }

    /// <summary>Losses entered so far.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>What was lost for all reasons together.</summary>
    public MediaTotals Total
    {
        get
        {
            lock (_lock)
            {
                MediaTotals sum = default;
                foreach (MediaTotals totals in _totals)
                {
                    sum += totals;
                }

                return sum;
            }
        }
    }

    /// <summary>What was lost for one reason.</summary>
    public MediaTotals this[DropReason reason]
    {
        get
        {
            lock (_lock)
            {
                return _totals[(int)reason];
            }
        }
    }

    /// <summary>The latest losses in detail, oldest first, at most 64.</summary>
    public IReadOnlyList<MediaDrop> Recent()
    {
        lock (_lock)
        {
            int count = (int)Math.Min(_count, DetailCapacity);
            var drops = new MediaDrop[count];
            for (int i = 0; i < count; i++)
            {
                drops[i] = _details[(_count - count + i) % DetailCapacity];
            }

            return drops;
        }
    }

    internal void Enter(in MediaDrop drop)
    {
        lock (_lock)
        {
            _totals[(int)drop.Reason] += drop.Lost;
            ref MediaDrop last = ref _details[Math.Max(_count - 1, 0) % DetailCapacity];
            if (_count > 0 && last.Reason == drop.Reason && drop.From >= last.To && drop.From - last.To <= MergeWithin)
            {
                last = last with { To = drop.To, Lost = last.Lost + drop.Lost };
            }
            else
            {
                _details[_count++ % DetailCapacity] = drop;
            }
        }
    }
}
