using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>What is known of one segment. The engine's thread alone.</summary>
internal sealed class SegmentInfo(uint id, SpoolLane lane, string name)
{
    public uint Id { get; } = id;

    public SpoolLane Lane { get; } = lane;

    /// <summary>As the card lists it.</summary>
    public string Name { get; } = name;

    /// <summary>Null while a damaged header hides it: the first whole record says it.</summary>
    public uint? Salt { get; set; }

    /// <summary>0 when not known.</summary>
    public ulong Epoch { get; set; }

    /// <summary>By the header; 0 when not known.</summary>
    public ulong FirstSequence { get; set; }

    /// <summary>Bytes that the file takes. Changed by <see cref="SegmentIndex.Resize"/> once it is in the index.</summary>
    public long Length { get; set; }

    /// <summary>Up to here it may be read: <see cref="long.MaxValue"/> for all of a file from before the start.</summary>
    public long Committed { get; set; } = long.MaxValue;

    /// <summary>Records from this sequence on were written anew in a later segment.</summary>
    public ulong EndSequence { get; set; } = ulong.MaxValue;

    /// <summary>Records are still added.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The card gave an error where it was read: it is left alone for a while.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>The error has been counted: another one does not count again.</summary>
    public bool IsErrorCounted { get; set; }

    /// <summary>Its file has been removed.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>All up to this sequence has been delivered.</summary>
    public ulong DeliveredThrough { get; set; }

    /// <summary>The last sequence that was read for delivery: what must be delivered before the segment may go.</summary>
    public ulong Owed { get; set; }

    /// <summary>Where reading goes on.</summary>
    public long ReadOffset { get; set; } = Layout.BlockBytes;

    /// <summary>The last sequence that was passed in reading.</summary>
    public ulong ReadSequence { get; set; }

    /// <summary>Read to the end.</summary>
    public bool IsRead { get; set; }

    /// <summary>Damage before this offset has been counted: reading again does not count it again.</summary>
    public long DamageCountedThrough { get; set; }

    /// <summary>Nothing in it is wanted any more.</summary>
    public bool IsDone => !IsOpen && IsRead && !IsUnreadable && DeliveredThrough >= Owed;

    /// <summary>There is something that was not read yet.</summary>
    public bool HasUnread => !IsRead && !IsUnreadable && (!IsOpen || Committed > ReadOffset);

    /// <summary>Something of it is still to be delivered, as far as is known.</summary>
    public bool HasBacklog => HasUnread || Owed > DeliveredThrough;

    /// <summary>What was read but not delivered is read again.</summary>
    public void Rewind()
    {
        if (Owed > DeliveredThrough)
        {
            IsRead = false;
            Owed = 0;
            ReadOffset = Layout.BlockBytes;
            ReadSequence = 0;
        }
    }
}
