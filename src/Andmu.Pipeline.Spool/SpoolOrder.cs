namespace Andmu.Pipeline.Spool;

/// <summary>What of the backlog is read first.</summary>
public enum SpoolOrder
{
    /// <summary>All in the order in which it was kept, events among the media.</summary>
    OldestFirst,

    /// <summary>First the events, in their order; then the media, segment by segment (16 MiB), the newest first; within a segment in order.</summary>
    NewestFirst,
}
