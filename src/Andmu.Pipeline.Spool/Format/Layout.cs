namespace Andmu.Pipeline.Spool.Format;

/// <summary>Sizes and names of what lies on a card. Names are 8.3, so that they are the same on FAT.</summary>
internal static class Layout
{
    /// <summary>What is written together starts and ends on a multiple of this: a later write never touches a block that holds kept records.</summary>
    public const int BlockBytes = 4096;

    /// <summary>A segment's size at the most: small enough to be given up as a whole, large enough to make few files of a card.</summary>
    public const int SegmentBytes = 16 * 1024 * 1024;

    /// <summary>A record's payload at the most, whatever a header on a card says: a segment holds it, a reader has memory for it.</summary>
    public const int MaxPayloadBytes = 8 * 1024 * 1024;

    /// <summary>The card's identity.</summary>
    public const string VolumeName = "VOLUME.ID";

    /// <summary>Written and removed to see whether the card takes writes.</summary>
    public const string ProbeName = "PROBE.TMP";

    /// <summary>Locked by the journal that works on the card; empty.</summary>
    public const string LockName = "LOCK";

    /// <summary>The two files that say what has been delivered; the newer one counts.</summary>
    public static readonly string[] CursorNames = ["CURSOR.0", "CURSOR.1"];

    /// <summary>Up to the next multiple of <see cref="BlockBytes"/>.</summary>
    public static long AlignUp(long offset) => (offset + BlockBytes - 1) & -BlockBytes;
}
