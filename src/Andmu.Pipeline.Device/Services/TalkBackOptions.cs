using Andmu.Pipeline.Control.TalkBack;

namespace Andmu.Pipeline.Device.Services;

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
    /// <summary>What stands in front of the sound. Default <see cref="TalkBackFraming.Auto"/>: as the first two packs of a talk look.</summary>
    public TalkBackFraming Framing { get; init; }

    /// <summary>What the host is given. Default <see cref="TalkBackFormat.Pcm16"/>.</summary>
    public TalkBackFormat Format { get; init; }
}
