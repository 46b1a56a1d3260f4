namespace Andmu.Pipeline.Spool.Card;

/// <summary>Where a card's numbers go on.</summary>
internal readonly record struct CardHead(uint NextSegmentId, ulong HighestSequence);
