namespace Andmu.Pipeline.Spool;

/// <summary>Where a record lies: what <see cref="SpoolReader.Confirm"/> wants. Of no use on another card.</summary>
public readonly record struct SpoolPosition
{
    internal SpoolPosition(uint segment, uint salt, ulong sequence)
    {
        Segment = segment;
        Salt = salt;
        Sequence = sequence;
    }

    /// <summary>Number of the segment, as its file is named.</summary>
    public uint Segment { get; }

    /// <summary>Counts the records of a lane on a card: one more than that of the record before, unless there is a gap.</summary>
    public ulong Sequence { get; }

    internal uint Salt { get; }
}
