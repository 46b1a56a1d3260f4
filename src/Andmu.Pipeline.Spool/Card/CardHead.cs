namespace Andmu.Pipeline.Spool.Card;

/// <summary>Where a card's numbers go on: the next segment's, and the highest sequence of each lane.</summary>
internal readonly record struct CardHead(uint NextSegmentId, ulong HighestMedia, ulong HighestEvent)
{
    public ulong Highest(SpoolLane lane) => lane == SpoolLane.Media ? HighestMedia : HighestEvent;
}
