namespace Andmu.Pipeline.Spool;

/// <summary>The card and the journal at one moment.</summary>
/// <param name="State">How the card is.</param>
/// <param name="Volume">The card's identity, 32 hexadecimal digits; empty while none is mounted.</param>
/// <param name="FileSystem">Its file system, as the system names it: <c>vfat</c>; empty when not known.</param>
/// <param name="TotalBytes">Size of its file system.</param>
/// <param name="FreeBytes">Of it, what was free when it was last asked, less what was written since.</param>
/// <param name="UsedBytes">What the journal's segments take.</param>
/// <param name="Segments">How many these are.</param>
/// <param name="PendingRecords">Records that are accepted, but not on the card yet.</param>
/// <param name="PendingBytes">Memory that they take.</param>
/// <param name="AcceptedRecords">Records accepted since the start.</param>
/// <param name="KeptRecords">Of them, those that are on the card.</param>
/// <param name="ReadRecords">Records that a reader has handed out.</param>
/// <param name="DeliveredSegments">Segments that were removed because all of them was delivered.</param>
/// <param name="Faults">Calls that the card failed.</param>
/// <param name="CardChanges">How often another card was found than the one before.</param>
public readonly record struct SpoolStatus(
    SpoolState State,
    string Volume,
    string FileSystem,
    long TotalBytes,
    long FreeBytes,
    long UsedBytes,
    int Segments,
    int PendingRecords,
    long PendingBytes,
    long AcceptedRecords,
    long KeptRecords,
    long ReadRecords,
    long DeliveredSegments,
    long Faults,
    long CardChanges);
