using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool;

/// <summary>A record of the backlog: a media package or an event.</summary>
/// <remarks>Its memory belongs to the reader: see <see cref="SpoolReader.TryRead"/>.</remarks>
public readonly struct SpoolRecord
{
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly RecordFlags _flags;

    internal SpoolRecord(SpoolLane lane, SpoolPosition position, RecordFlags flags, ReadOnlyMemory<byte> payload, long ticket = 0)
    {
        Lane = lane;
        Position = position;
        _flags = flags;
        _payload = payload;
        Ticket = ticket;
    }

    /// <summary>What it is.</summary>
    public SpoolLane Lane { get; }

    /// <summary>What <see cref="SpoolReader.Confirm"/> wants.</summary>
    public SpoolPosition Position { get; }

    /// <summary>Decoding can start here: the parameter sets before a key frame, or a key frame without sets before it. After a gap in
    /// <see cref="SpoolPosition.Sequence"/>, what comes before such a record may not decode.</summary>
    public bool StartsGop => _flags.Has(RecordFlags.StartsGop);

    /// <summary>What <see cref="SpoolJournal.TryAppend(in SpoolMedia, ReadOnlySpan{byte}, out long)"/> gave for it; 0 when it was appended before the start.</summary>
    public long Ticket { get; }

    /// <summary>The fields of a media package; all 0 for an event.</summary>
    public SpoolMedia Media => Lane == SpoolLane.Media ? EntryFields.ReadMedia(_payload.Span, _flags) : default;

    /// <summary>The fields of an event; all 0 for a media package.</summary>
    public SpoolEvent Event => Lane == SpoolLane.Event ? EntryFields.ReadEvent(_payload.Span) : default;

    /// <summary>A media package's data, or an event's message in UTF-8.</summary>
    public ReadOnlyMemory<byte> Data => _payload[EntryFields.SizeOf(Lane)..];
}
