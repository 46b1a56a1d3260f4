namespace Andmu.Pipeline.Spool;

/// <summary>What of the backlog of media is read first.</summary>
public enum SpoolOrder
{
    /// <summary>In the order in which it was kept.</summary>
    OldestFirst,

    /// <summary>Segment by segment (16 MiB), the newest first; within a segment in order.</summary>
    NewestFirst,
}
