namespace Andmu.Pipeline.Upload;

/// <summary>Where the cursor stands when a mode begins.</summary>
internal enum CursorStart
{
    /// <summary>Where it is: what it has read goes on without a gap and without a repetition.</summary>
    Stay,

    /// <summary>At the newest random access picture: what was not asked for is not sent.</summary>
    NewestGop,

    /// <summary>At the random access picture at or before the clip's pre-roll.</summary>
    Clip,
}
