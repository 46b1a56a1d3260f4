namespace Andmu.Pipeline.Buffering;

internal enum CursorRead
{
    /// <summary>Nothing new yet.</summary>
    Empty,

    /// <summary>An entry, pinned until the cursor advances.</summary>
    Entry,

    /// <summary>The buffer has taken what the cursor would have read next.</summary>
    Overrun,
}
