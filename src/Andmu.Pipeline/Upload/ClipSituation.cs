namespace Andmu.Pipeline.Upload;

/// <summary>How the next event clip lies to what is being sent.</summary>
internal enum ClipSituation
{
    /// <summary>No event clip is due.</summary>
    None,

    /// <summary>One is due whose start has not been sent, or has been sent with a gap since.</summary>
    Ahead,

    /// <summary>One is due, and what has been sent without a gap so far reaches back to its start or further.</summary>
    Covered,
}
