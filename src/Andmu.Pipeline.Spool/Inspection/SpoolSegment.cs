using Andmu.Pipeline.Spool.Card;

namespace Andmu.Pipeline.Spool.Inspection;

/// <summary>A segment of a <see cref="SpoolCard"/>, as it was when the card was looked at.</summary>
public sealed class SpoolSegment
{
    internal SpoolSegment(SegmentInfo info, bool isLast)
    {
        Info = info;
        IsLastOfRun = isLast;
    }

    /// <summary>Media or events.</summary>
    public SpoolLane Lane => Info.Lane;

    /// <summary>The name of its file.</summary>
    public string Name => Info.Name;

    /// <summary>Bytes of its file.</summary>
    public long Bytes => Info.Length;

    /// <summary>All records up to this <see cref="SpoolPosition.Sequence"/> have been delivered, as far as has been written down; 0 for none.</summary>
    public ulong DeliveredThrough => Info.DeliveredThrough;

    /// <summary>No segment of its lane that the same start of a journal wrote comes after it: a power cut, or the journal at its work, may have left
    /// a torn tail.</summary>
    public bool IsLastOfRun { get; }

    internal SegmentInfo Info { get; }
}
