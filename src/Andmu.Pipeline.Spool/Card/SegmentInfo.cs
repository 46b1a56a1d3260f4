using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>What is known of one segment. All that changes is guarded by the lock of its <see cref="SegmentIndex"/>.</summary>
internal sealed class SegmentInfo(uint id, Lane lane, string name)
{
    public uint Id { get; } = id;

    public Lane Lane { get; } = lane;

    /// <summary>As the card lists it.</summary>
    public string Name { get; } = name;

    /// <summary>Null while a damaged header hides it: the first whole record says it.</summary>
    public uint? Salt { get; set; }

    /// <summary>0 when not known.</summary>
    public ulong Epoch { get; set; }

    /// <summary>By the header; 0 when not known.</summary>
    public ulong FirstSequence { get; set; }

    /// <summary>Bytes that the file takes.</summary>
    public long Length { get; set; }

    /// <summary>Up to here it may be read: <see cref="long.MaxValue"/> for all of a file from before the start.</summary>
    public long Committed { get; set; } = long.MaxValue;

    /// <summary>Records from this sequence on were written anew in a later segment.</summary>
    public ulong EndSequence { get; set; } = ulong.MaxValue;

    /// <summary>Records are still added.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The card gave an error where it was read. It stays until it is evicted, or the card is mounted anew.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>All up to this sequence has been delivered.</summary>
    public ulong DeliveredThrough { get; set; }

    /// <summary>The last sequence that the reader has handed out: what must be delivered before the segment may go.</summary>
    public ulong Owed { get; set; }

    /// <summary>Where the reader goes on.</summary>
    public long ReadOffset { get; set; } = Layout.BlockBytes;

    /// <summary>The last sequence that the reader has passed.</summary>
    public ulong ReadSequence { get; set; }

    /// <summary>The reader has come to the end.</summary>
    public bool IsRead { get; set; }

    /// <summary>What is damaged has been counted: reading again does not count it again.</summary>
    public bool IsDamageCounted { get; set; }

    /// <summary>Nothing in it is wanted any more.</summary>
    public bool IsDone => !IsOpen && IsRead && !IsUnreadable && DeliveredThrough >= Owed;

    /// <summary>There is something the reader has not seen.</summary>
    public bool HasUnread => !IsRead && !IsUnreadable && (!IsOpen || Committed > ReadOffset);
}
