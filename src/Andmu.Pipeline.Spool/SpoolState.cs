namespace Andmu.Pipeline.Spool;

/// <summary>How the card is. Whatever it is, the journal looks again by itself and comes back.</summary>
public enum SpoolState
{
    /// <summary>Not looked at yet.</summary>
    Starting,

    /// <summary>Takes what it is given.</summary>
    Ready,

    /// <summary>Full, and there is nothing of this journal left that could be given up.</summary>
    Full,

    /// <summary>Can be read, not written. A vfat file system that finds itself damaged goes here.</summary>
    ReadOnly,

    /// <summary>No card, or nothing mounted.</summary>
    Missing,

    /// <summary>Errors on reading or writing.</summary>
    Failing,

    /// <summary>The journal has been closed.</summary>
    Closed,
}
