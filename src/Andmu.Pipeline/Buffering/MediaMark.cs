namespace Andmu.Pipeline.Buffering;

/// <summary>A place in what a cursor reads. It says what there was before it, also when that has long been evicted.</summary>
/// <param name="Position">The next entry.</param>
/// <param name="Before">Everything that was written before it.</param>
/// <param name="HighestMs">Media time of the latest picture that was read before it.</param>
internal readonly record struct MediaMark(long Position, MediaTotals Before, long HighestMs)
{
    /// <summary>The one that comes first in the media.</summary>
    public static MediaMark Earlier(in MediaMark a, in MediaMark b) => b.Position < a.Position ? b : a;

    /// <summary>The one that comes last in the media.</summary>
    public static MediaMark Later(in MediaMark a, in MediaMark b) => b.Position > a.Position ? b : a;
}
