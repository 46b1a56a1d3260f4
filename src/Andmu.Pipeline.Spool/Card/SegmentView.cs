namespace Andmu.Pipeline.Spool.Card;

/// <summary>A segment as it stood at one moment: what the reader needs, taken under the index's lock.</summary>
internal readonly record struct SegmentView(
    uint? Salt, ulong Epoch, long Limit, bool IsOpen, ulong EndSequence, ulong DeliveredThrough, long ReadOffset, ulong ReadSequence)
{
    public static SegmentView Of(SegmentInfo segment) => new(
        segment.Salt,
        segment.Epoch,
        segment.Committed,
        segment.IsOpen,
        segment.EndSequence,
        segment.DeliveredThrough,
        segment.ReadOffset,
        segment.ReadSequence);
}
