namespace Andmu.Pipeline.Spool.Inspection;

/// <summary>What is wrong with a place of a card.</summary>
public enum SpoolFaultKind
{
    /// <summary>The segment's first block does not say what it should. It costs no record.</summary>
    Header = 0,

    /// <summary>Where records stood, or should stand, is something else.</summary>
    Damaged = 1,

    /// <summary>A whole record that does not belong where it is.</summary>
    Foreign = 2,

    /// <summary>The card gives an error. What follows in the segment is not looked at.</summary>
    Unreadable = 3,

    /// <summary>No failure: what a power cut leaves of records that were not said to be kept, at the end of the last segment of a run, or
    /// what a failed write leaves of records that were written anew.</summary>
    TornTail = 4,
}
