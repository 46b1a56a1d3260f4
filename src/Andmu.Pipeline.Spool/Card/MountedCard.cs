using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>A card that is in use.</summary>
internal sealed class MountedCard(IBlockStore store, VolumeId volume, SegmentIndex index, UploadCursor cursor, CardHead head)
{
    private uint _nextId = head.NextSegmentId;

    public IBlockStore Store { get; } = store;

    public VolumeId Volume { get; } = volume;

    /// <summary><see cref="Volume"/> as the status shows it.</summary>
    public string VolumeText { get; } = volume.ToString();

    public SegmentIndex Index { get; } = index;

    public UploadCursor Cursor { get; } = cursor;

    /// <summary>What was found when it was mounted.</summary>
    public CardHead Head { get; } = head;

    /// <summary>See <see cref="SegmentHeader"/>.</summary>
    public ulong Epoch { get; set; }

    public uint TakeSegmentId() => _nextId++;
}
