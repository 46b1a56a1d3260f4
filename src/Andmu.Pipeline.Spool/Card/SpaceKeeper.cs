using Andmu.Pipeline.Spool.Engine;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Makes room on the card: whole segments, the oldest media first, events last.</summary>
internal sealed class SpaceKeeper(CardKeeper keeper, LossLedger losses, long capacityBytes, long floorBytes)
{
    // A file system may want some blocks for its own tables.
    private const int SlackBytes = 1024 * 1024;

    /// <summary>Sees to it that so many bytes may be written.</summary>
    /// <param name="bytes">What will be written.</param>
    /// <param name="hasEvicted">A segment went: ask again.</param>
    /// <returns>The fault of removing it. <see cref="StoreFault.NoSpace"/> when nothing is left that could go.</returns>
    public StoreFault TryMake(long bytes, out bool hasEvicted)
    {
        hasEvicted = false;
        MountedCard card = keeper.Card!;
        if (card.Index.Bytes + bytes > capacityBytes)
        {
            return Evict(card, SpoolLossReason.Quota, out hasEvicted);
        }

        return keeper.Space.FreeBytes - bytes < floorBytes ? Evict(card, SpoolLossReason.FreeSpace, out hasEvicted) : StoreFault.None;
    }

    /// <summary>The card says it is full. Where its free space says the same, a segment goes; else it would be given up for an error.</summary>
    /// <param name="bytes">What was to be written.</param>
    /// <param name="hasEvicted">A segment went: try again.</param>
    public StoreFault TryMakeForFull(long bytes, out bool hasEvicted)
    {
        hasEvicted = false;
        keeper.Measure();
        return keeper.Space.FreeBytes < bytes + SlackBytes
            ? Evict(keeper.Card!, SpoolLossReason.CardFull, out hasEvicted)
            : StoreFault.NoSpace;
    }

    /// <summary>Removes one segment because all are to go.</summary>
    /// <param name="hasErased">One went: ask again.</param>
    /// <returns>The fault of removing it; none when none is left.</returns>
    public StoreFault TryErase(out bool hasErased)
    {
        StoreFault fault = Evict(keeper.Card!, SpoolLossReason.Erased, out hasErased);
        return fault == StoreFault.NoSpace ? StoreFault.None : fault;
    }

    /// <summary>Removes what has been delivered.</summary>
    public StoreFault Remove(SegmentInfo segment)
    {
        MountedCard card = keeper.Card!;
        StoreFault fault = card.Store.Delete(segment.Name);
        if (fault is StoreFault.None or StoreFault.NotFound)
        {
            card.Index.Remove(segment);
            segment.IsRemoved = true; // whoever has it open closes it: until then it keeps its blocks
            return StoreFault.None;
        }

        return fault;
    }

    private StoreFault Evict(MountedCard card, SpoolLossReason reason, out bool hasEvicted)
    {
        hasEvicted = false;
        if ((card.Index.FirstDone() ?? card.Index.OldestEvictable()) is not { } oldest)
        {
            return StoreFault.NoSpace;
        }

        bool isLoss = !oldest.IsDone;
        StoreFault fault = Remove(oldest);
        hasEvicted = fault == StoreFault.None;
        if (hasEvicted && isLoss)
        {
            losses.Add(reason, 1, oldest.Length);
        }

        return fault;
    }
}
