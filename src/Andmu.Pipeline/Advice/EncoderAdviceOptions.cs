namespace Andmu.Pipeline.Advice;

/// <summary>Within what the host's encoder may be advised of a bit rate.</summary>
/// <remarks>All rates are of the video alone, in bits a second: what an encoder's rate control takes. The sound is allowed for.</remarks>
public sealed record EncoderAdviceOptions
{
    /// <summary>The lowest rate that is advised, however slow the link. Default 128 kbit/s. At least 16 kbit/s.</summary>
    public int FloorBitrate { get; init; } = 128_000;

    /// <summary>The highest, however fast the link: what the encoder would be set to without any advice. Default 4 Mbit/s. At least
    /// <see cref="FloorBitrate"/>, at most 1 Gbit/s.</summary>
    public int CeilingBitrate { get; init; } = 4_000_000;

    /// <summary>What the encoder is set to when the uplink is made; null (default) for <see cref="CeilingBitrate"/>. From
    /// <see cref="FloorBitrate"/> to <see cref="CeilingBitrate"/>.</summary>
    public int? StartBitrate { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FloorBitrate, BitrateAdvisor.Quantum);
        ArgumentOutOfRangeException.ThrowIfLessThan(CeilingBitrate, FloorBitrate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CeilingBitrate, 1_000_000_000);
        if (StartBitrate is { } start)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(start, FloorBitrate, nameof(StartBitrate));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, CeilingBitrate, nameof(StartBitrate));
        }
    }
}
