namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>A pack that is due, as a <see cref="JitterBuffer"/> gives it out.</summary>
public readonly ref struct JitterPack
{
    internal JitterPack(ReadOnlySpan<byte> payload, ushort sequence, uint timestamp, int missingBefore)
    {
        Payload = payload;
        Sequence = sequence;
        Timestamp = timestamp;
        MissingBefore = missingBefore;
    }

    /// <summary>The sound; valid until the next call of the buffer.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Number of the pack.</summary>
    public ushort Sequence { get; }

    /// <summary>Time of the pack, as it was handed in.</summary>
    public uint Timestamp { get; }

    /// <summary>How many packs in front of it were given up.</summary>
    public int MissingBefore { get; }
}
