namespace Andmu.Pipeline.Device.Services;

/// <summary>One pack of talk-back: 8 kHz, mono. A view: valid during the call only.</summary>
public readonly ref struct TalkBackFrame
{
    internal TalkBackFrame(ReadOnlySpan<byte> aLaw, ReadOnlySpan<short> samples, bool isFirst, int missing)
    {
        ALaw = aLaw;
        Samples = samples;
        IsFirst = isFirst;
        Missing = missing;
    }

    /// <summary>G.711 A-law, one byte a sample, in either format.</summary>
    public ReadOnlySpan<byte> ALaw { get; }

    /// <summary>The same, decoded; empty with <see cref="TalkBackFormat.ALaw"/>.</summary>
    public ReadOnlySpan<short> Samples { get; }

    /// <summary>Whether a talk begins with it.</summary>
    public bool IsFirst { get; }

    /// <summary>How many packs are missing before it; 0 for none.</summary>
    public int Missing { get; }
}

/// <summary>Takes talk-back, one pack after the other. Called by one thread at a time, which is not the uplink's; it may block, at the price of packs.</summary>
/// <param name="frame">The pack.</param>
public delegate void TalkBackHandler(TalkBackFrame frame);
