namespace Andmu.Pipeline.Spool;

/// <summary>How the card is. Whatever it is, the journal looks again by itself and comes back.</summary>
/// <remarks>What the platform is told of it (sdcardStatus, specification 5.1.6): <see cref="Missing"/> is 1, <see cref="ReadOnly"/>,
/// <see cref="Failing"/> and <see cref="InUse"/> are 2, all else is 3.</remarks>
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

    /// <summary>Another journal, of this process or another, works on the directory. It is used when that one has ended.</summary>
    InUse,
}
