using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>What is in a segment, or in all of them.</summary>
internal sealed class SegmentSummary
{
    public long Records { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Number of the first record in its lane; 0 without any.</summary>
    public ulong FirstRecord { get; private set; }

    public ulong LastRecord { get; private set; }

    /// <summary>ipcam_time of the first record that has one.</summary>
    public ulong? FirstTime { get; private set; }

    public ulong? LastTime { get; private set; }

    public long DamagedPlaces { get; private set; }

    public bool HasTornTail { get; private set; }

    /// <summary>The file is gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Reads a segment.</summary>
    public static SegmentSummary Of(SpoolCard card, SpoolSegment segment, ScanProgress progress, CancellationToken cancellationToken)
    {
        var summary = new SegmentSummary { Bytes = segment.Bytes };
        using SpoolSegmentReader reader = card.Read(segment, summary.Add);
        while (reader.TryRead(out SpoolRecord record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            summary.Add(record);
            progress.Show(reader.Offset);
        }

        cancellationToken.ThrowIfCancellationRequested();
        summary.IsGone = reader.IsGone;
        progress.Pass(segment);
        return summary;
    }

    /// <summary>Adds what is in a segment to a sum.</summary>
    public void Add(SegmentSummary segment)
    {
        Records += segment.Records;
        Bytes += segment.Bytes;
        FirstTime = Earlier(FirstTime, segment.FirstTime);
        LastTime = Later(LastTime, segment.LastTime);
        DamagedPlaces += segment.DamagedPlaces;
        HasTornTail |= segment.HasTornTail;
    }

    private static ulong? Earlier(ulong? left, ulong? right) => right is null || left < right ? left : right;

    private static ulong? Later(ulong? left, ulong? right) => right is null || left > right ? left : right;

    private void Add(in SpoolRecord record)
    {
        ulong? time = record.Lane == SpoolLane.Media ? record.Media.IpcamTime : record.Event.IpcamTime;
        FirstRecord = Records == 0 ? record.Position.Sequence : FirstRecord;
        LastRecord = record.Position.Sequence;
        FirstTime ??= time;
        LastTime = time ?? LastTime;
        Records++;
    }

    private void Add(SpoolFault fault)
    {
        HasTornTail |= fault.Kind == SpoolFaultKind.TornTail;
        DamagedPlaces += fault.Kind == SpoolFaultKind.TornTail ? 0 : 1;
    }
}
