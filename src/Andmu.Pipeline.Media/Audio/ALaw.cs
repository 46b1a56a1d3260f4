using System.Numerics;

namespace Andmu.Pipeline.Media.Audio;

/// <summary>
/// G.711 A-law: ITU-T G.711, table 1. A sample's magnitude falls into one of eight segments, each twice as coarse as the one before
/// (the first two alike), of sixteen steps; even bits are inverted on the line, so that silence is not a row of zeros.
/// <code>
/// +-+---+----+
/// |S|Seg|Step|  xor 0x55      S  1 for positive and zero
/// +-+---+----+
///  1  3   4
/// </code>
/// Samples are linear and of 16 bits, of which A-law keeps the upper 12. 8000 samples a second make 64 kbit/s.
/// </summary>
public static class ALaw
{
    /// <summary>The code of a zero sample.</summary>
    public const byte Silence = 0xD5;

    /// <summary>Every even bit, counted from the sign as bit 1 (ITU-T G.711, table 1a, note 2).</summary>
    private const int EvenBits = 0x55;

    private const int SignBit = 0x80;

    private static readonly short[] Decoded = MakeDecoded();

    /// <summary>The code of a sample.</summary>
    /// <param name="sample">Linear, 16 bits.</param>
    public static byte Encode(short sample)
    {
        // One's complement for negative samples: the intervals of the two signs mirror each other between 0 and -1.
        int magnitude = (sample ^ (sample >> 15)) >> 4;
        int segment = BitOperations.Log2((uint)magnitude | 0x0F) - 3;
        int bits = segment == 0 ? magnitude : (segment << 4) | ((magnitude >> (segment - 1)) & 0x0F);
        return (byte)((bits | (sample >= 0 ? SignBit : 0)) ^ EvenBits);
    }

    /// <summary>The sample in the middle of a code's interval.</summary>
    /// <param name="code">The code; all 256 are valid.</param>
    public static short Decode(byte code) => Decoded[code];

    /// <summary>Codes samples.</summary>
    /// <param name="samples">Linear, 16 bits.</param>
    /// <param name="codes">At least as long; one byte a sample.</param>
    /// <exception cref="ArgumentException">Too little room.</exception>
    public static void Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        codes = Fit(samples.Length, codes, nameof(codes));
        for (int i = 0; i < samples.Length; i++)
        {
            codes[i] = Encode(samples[i]);
        }
    }

    /// <summary>Decodes codes.</summary>
    /// <param name="codes">One byte a sample.</param>
    /// <param name="samples">At least as long.</param>
    /// <exception cref="ArgumentException">Too little room.</exception>
    public static void Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        samples = Fit(codes.Length, samples, nameof(samples));
        for (int i = 0; i < codes.Length; i++)
        {
            samples[i] = Decoded[codes[i]];
        }
    }

    private static Span<T> Fit<T>(int length, Span<T> destination, string name) =>
        destination.Length >= length
            ? destination[..length]
            : throw new ArgumentException($"Room for {destination.Length} where {length} are needed.", name);

    private static short[] MakeDecoded()
    {
        short[] decoded = new short[256];
        for (int code = 0; code < decoded.Length; code++)
        {
            int bits = code ^ EvenBits;
            int segment = (bits >> 4) & 7;
            int step = bits & 0x0F;

            // A step is 16 wide in the first two segments, and + 8 is its middle; segment 1 starts at 16 steps, from there on all doubles.
            int magnitude = segment == 0 ? (step * 16) + 8 : (((16 + step) * 16) + 8) << (segment - 1);
            decoded[code] = (short)((bits & SignBit) != 0 ? magnitude : -magnitude);
        }

        return decoded;
    }
}
