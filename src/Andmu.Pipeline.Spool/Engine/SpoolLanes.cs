using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Writing;

namespace Andmu.Pipeline.Spool.Engine;

/// <summary>Both lanes.</summary>
internal sealed record SpoolLanes(LanePorts Media, LanePorts Events)
{
    /// <summary>Events that wait for the card at the most: more come only when it has been away for long.</summary>
    private const int EventQueueRecords = 1024;

    private const int EventQueueBytes = (128 * 1024) + (EventQueueRecords * RecordHeader.Size);

    // Records read ahead at the most; the bytes end it before.
    private const int ReadAheadRecords = 512;

    /// <summary>Takes the memory.</summary>
    /// <param name="options">How much.</param>
    /// <param name="wake">Called when there is something to do.</param>
    public static SpoolLanes Create(SpoolOptions options, Action wake) => new(
        new LanePorts(
            new RecordRing(options.QueueBytes, options.QueueRecords, RecordHeader.Size),
            new CommitRule(options.SyncInterval, int.MaxValue),
            new SpoolReader(SpoolLane.Media, new RecordRing(2 * options.MaxPayloadBytes, ReadAheadRecords), wake)),
        new LanePorts(
            new RecordRing(EventQueueBytes, EventQueueRecords, RecordHeader.Size),
            new CommitRule(TimeSpan.Zero, 1),
            new SpoolReader(SpoolLane.Event, new RecordRing(2 * SpoolOptions.MaxEventPayloadBytes, ReadAheadRecords), wake)));
}
