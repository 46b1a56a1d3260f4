using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool;

/// <summary>Bounds of a <see cref="SpoolJournal"/>. All memory is taken when it is made.</summary>
public sealed record SpoolOptions
{
    /// <summary>Bytes of an event's message at the most.</summary>
    public const int MaxEventBytes = 32 * 1024;

    internal const int MaxEventPayloadBytes = MaxEventBytes + EntryFields.EventSize;

    /// <summary>Bytes that the journal takes of the card at the most; the oldest media go first. Default: all but <see cref="FreeSpaceFloorBytes"/>.
    /// At least four segments, 64 MiB.</summary>
    public long CapacityBytes { get; init; } = long.MaxValue;

    /// <summary>Bytes of the card that the journal leaves free. Default 64 MiB. 0 or more.</summary>
    public long FreeSpaceFloorBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Memory for media that wait for the card. Default 8 MiB: 5 s of 12 Mbit/s, which is longer than a card stalls.
    /// Range: twice <see cref="MaxRecordBytes"/> and 112 bytes to 1 GiB.</summary>
    public int QueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Media records that wait at the most. Default 2048: 20 s of 60 fps video with 20 ms audio. Range 64 to 1,048,576.</summary>
    public int QueueRecords { get; init; } = 2048;

    /// <summary>Bytes of one record's data at the most: a key frame. Default 2 MiB. Range 4 KiB to 4 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>What of the media is read first. Events are always read in their order.</summary>
    public SpoolOrder ReadOrder { get; init; } = SpoolOrder.OldestFirst;

    /// <summary>How long media wait at the most before they are brought to the card; a new GOP brings the one before at once. So much a power cut
    /// costs. Default 2 s. Range 10 ms to 60 s.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the card is looked at: is it there, the same, does it work again? Default 5 s. Range 100 ms to 1 h.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a mark of delivery waits at the most before it is written down; 64 of them are written at once. So much is delivered
    /// twice after a power cut. Default 5 s. Range 100 ms to 1 h.</summary>
    public TimeSpan CursorInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long closing waits for the card at the most. Default 10 s. Range 0 to 1 h.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The directory must be a mount point: without a card there is no card. Set it on a device: under a pulled card lies a directory of
    /// the same name on the system's own flash. Default false: any directory will do, and it is made when it is missing.</summary>
    public bool RequireMountPoint { get; init; }

    /// <summary>Tests make segments smaller.</summary>
    internal int SegmentBytes { get; init; } = Layout.SegmentBytes;

    /// <summary>Payload of a media record: fields and data.</summary>
    internal int MaxPayloadBytes => MaxRecordBytes + EntryFields.MediaSize;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CapacityBytes, 4L * SegmentBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(FreeSpaceFloorBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordBytes, 4 * 1024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRecordBytes, 4 * 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueBytes, 2 * (RecordHeader.Size + MaxPayloadBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueBytes, 1024 * 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueRecords, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueRecords, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(SyncInterval, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SyncInterval, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbeInterval, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(CursorInterval, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(CloseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ProbeInterval, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CursorInterval, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CloseTimeout, TimeSpan.FromHours(1));
    }
}
