using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>A card that is in use. The writer's thread changes it; the reader's uses store and index.</summary>
internal sealed class MountedCard(IBlockStore store, VolumeId volume, SegmentIndex index, UploadCursor cursor, CardHead head)
{
    private uint _nextId = head.NextSegmentId;

    public IBlockStore Store { get; } = store;

    public VolumeId Volume { get; } = volume;

    public SegmentIndex Index { get; } = index;

    public UploadCursor Cursor { get; } = cursor;

    /// <summary>The highest sequence found when it was mounted.</summary>
    public ulong HighestSequence { get; } = head.HighestSequence;

    /// <summary>What is added to a ticket of the queue to make it a sequence of this card.</summary>
    public ulong SequenceBase { get; set; }

    /// <summary>See <see cref="SegmentHeader"/>.</summary>
    public ulong Epoch { get; set; }

    public uint TakeSegmentId() => _nextId++;
}
