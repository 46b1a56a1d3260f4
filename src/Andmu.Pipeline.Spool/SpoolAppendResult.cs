namespace Andmu.Pipeline.Spool;

/// <summary>What became of a record that was offered.</summary>
public enum SpoolAppendResult
{
    /// <summary>It lies in the queue; it is on the card once <see cref="SpoolJournal.KeptThrough"/> has reached its ticket.</summary>
    Accepted,

    /// <summary>The queue before the card is full: the card is slow, or away. Offer it again after <see cref="SpoolJournal.Progressed"/>, or count it as lost.</summary>
    QueueFull,

    /// <summary>Larger than <see cref="SpoolOptions.MaxRecordBytes"/>, or <see cref="SpoolOptions.MaxEventBytes"/> for an event.</summary>
    TooLarge,

    /// <summary>The journal has been closed.</summary>
    Closed,
}
