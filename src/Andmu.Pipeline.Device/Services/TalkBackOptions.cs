namespace Andmu.Pipeline.Device.Services;

/// <summary>How the packs of talk-back are packed (specification 5.2.5 and appendix E, which differ).</summary>
public enum TalkBackFraming
{
    /// <summary>As a talk's first two packs look: RTP if both begin with headers of one source, else bare.</summary>
    Auto = 0,

    /// <summary>Bare G.711.</summary>
    Raw = 1,

    /// <summary>G.711 behind an RTP header (RFC 3550).</summary>
    Rtp = 2,
}

/// <summary>What the host is given of talk-back.</summary>
public enum TalkBackFormat
{
    /// <summary>Decoded: linear samples of 16 bits.</summary>
    Pcm16 = 0,

    /// <summary>G.711 A-law as it came.</summary>
    ALaw = 1,
}

/// <summary>How talk-back is received (specification 5.2.5): G.711 A-law, 8 kHz, mono.</summary>
public sealed record TalkBackOptions
{
    /// <summary>How the packs are packed. Default <see cref="TalkBackFraming.Auto"/>.</summary>
    public TalkBackFraming Framing { get; init; }

    /// <summary>What the host is given. Default <see cref="TalkBackFormat.Pcm16"/>.</summary>
    public TalkBackFormat Format { get; init; }
}
