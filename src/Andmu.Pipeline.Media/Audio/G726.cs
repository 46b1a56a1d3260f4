namespace Andmu.Pipeline.Media.Audio;

/// <summary>
/// G.726 adaptive differential PCM: ITU-T G.726. Codewords of 2, 3, 4 or 5 bits, 16 to 40 kbit/s at 8000 samples a second, packed without gaps:
/// <code>
///   40 kbit/s  11111 111|11 11111 1|1111 ...     all ones is the same in either order of packing, and at every rate
/// </code>
/// </summary>
public static class G726
{
    /// <summary>A byte of codewords that are all ones: the difference of least magnitude.</summary>
    /// <remarks>
    /// <para>At 24, 32 and 40 kbit/s that is a difference of zero (ITU-T G.726 4.2, block RECONST: the least quantizer level, minus infinity in
    /// its logarithms), and it is what an encoder makes of silence: the other zero, all zeros, is not transmitted (block QUAN).
    /// A decoder's signal, adapting, falls to exactly 0 within 20 ms, whatever came before.</para>
    /// <para>16 kbit/s has no zero, and 11 is the smaller of its two negative steps: a decoder settles on a constant level of 7 % of full
    /// scale, which cannot be heard, while a pattern of alternating signs lets it oscillate as loud.</para>
    /// </remarks>
    public const byte Silence = 0xFF;
}
