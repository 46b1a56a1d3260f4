namespace Andmu.Pipeline.Spool;

/// <summary>Why something is not on the card, or no longer.</summary>
public enum SpoolLossReason
{
    /// <summary>Refused: the queue before the card was full. Counted in records; a caller that offers the record again counts again.</summary>
    QueueFull,

    /// <summary>Refused: larger than <see cref="SpoolOptions.MaxRecordBytes"/>, or <see cref="SpoolOptions.MaxEventBytes"/> for an event; or found on a
    /// card where larger ones were allowed, and left out. Counted in records.</summary>
    TooLarge,

    /// <summary>The oldest segment was given up for the quota (<see cref="SpoolOptions.CapacityBytes"/>). Counted in segments.</summary>
    Quota,

    /// <summary>The oldest segment was given up for the free space (<see cref="SpoolOptions.FreeSpaceFloorBytes"/>). Counted in segments.</summary>
    FreeSpace,

    /// <summary>The oldest segment was given up because the card said it was full. Counted in segments.</summary>
    CardFull,

    /// <summary>Found damaged on the card: not as it was written. Counted in places, where a torn end is one, too.</summary>
    Damaged,

    /// <summary>The card gave an error on reading a segment. Counted in segments.</summary>
    Unreadable,

    /// <summary>Accepted, but not on the card when the journal was closed. Counted in records.</summary>
    Closed,

    /// <summary>Segments that were erased because the user wanted the card empty (command 87, specification 5.2.9.20).</summary>
    Erased = 8,
}
