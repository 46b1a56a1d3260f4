using System.Numerics;

namespace Andmu.Pipeline.Gateway.Recording.Flac;

/// <summary>
/// FLAC of one channel, 16 bits, 8 kHz (RFC 9639), a frame at a time:
/// <code>
/// FF F8 | block size, rate | channels, bits | number | [size - 1] | CRC-8 | subframe ... | padding | CRC-16
/// </code>
/// The talk of a camera needs no more than the fixed predictors; what counts is that browsers play it and no sample is lost.
/// </summary>
internal sealed class FlacEncoder
{
    /// <summary>Samples in every frame but the last: 128 ms.</summary>
    public const int BlockSize = 1024;

    public const int SampleRate = 8000;

    private const int BitsPerSample = 16;

    // A verbatim frame: 16 bytes of header and footer at most, and the samples.
    private const int MaxFrameBytes = 32 + (BlockSize * 2);

    private readonly int[] _samples = new int[BlockSize];
    private readonly int[] _errors = new int[BlockSize];
    private readonly byte[] _frame = new byte[MaxFrameBytes];
    private uint _number;

    /// <summary>The STREAMINFO block, RFC 9639 8.2; the total and the MD5 are 0, unknown, for the stream is live.</summary>
    public static ReadOnlySpan<byte> StreamInfo =>
    [
        BlockSize >> 8, BlockSize & 0xFF, BlockSize >> 8, BlockSize & 0xFF,
        0, 0, 0, 0, 0, 0,
        SampleRate >> 12, (SampleRate >> 4) & 0xFF, (byte)(((SampleRate & 0xF) << 4) | ((BitsPerSample - 1) >> 4)), (byte)(((BitsPerSample - 1) & 0xF) << 4),
        0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Encodes one frame; the span holds until the next call.</summary>
    /// <param name="pcm">1 to <see cref="BlockSize"/> samples; fewer only in the last frame.</param>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<short> pcm)
    {
        int wasted = LoadSamples(pcm);
        Span<int> samples = _samples.AsSpan(0, pcm.Length);
        var writer = new FlacBitWriter(_frame);
        WriteHeader(ref writer, pcm.Length);
        if (samples.IndexOfAnyExcept(samples[0]) < 0)
        {
            // A constant says it all: silence is 14 bytes.
            writer.Write(0b0_000000_0, 8);
            writer.WriteSigned(pcm[0], BitsPerSample);
        }
        else
        {
            WriteSubframe(ref writer, samples, wasted);
        }

        writer.AlignToByte();
        writer.Write(FlacCrc.Crc16(_frame.AsSpan(0, writer.Length)), 16);
        return _frame.AsSpan(0, writer.Length);
    }

    // A-law in 16 bits leaves the low three bits empty; FLAC can leave them out of every sample (RFC 9639 9.2.2).
    private int LoadSamples(ReadOnlySpan<short> pcm)
    {
        int all = 0;
        foreach (short sample in pcm)
        {
            all |= (ushort)sample;
        }

        int wasted = all == 0 ? 0 : BitOperations.TrailingZeroCount(all);
        for (int i = 0; i < pcm.Length; i++)
        {
            _samples[i] = pcm[i] >> wasted;
        }

        return wasted;
    }

    private void WriteHeader(ref FlacBitWriter writer, int blockSize)
    {
        writer.Write(0xFFF8, 16); // Sync code, fixed block size.
        writer.Write(blockSize == BlockSize ? 0b1010u : 0b0111u, 4); // 1024, or 16 bits at the header's end.
        writer.Write(0b0100, 4); // 8 kHz
        writer.Write(0b0000, 4); // One channel.
        writer.Write(0b100_0, 4); // 16 bits, and a reserved 0.
        writer.WriteCodedNumber(_number++ & 0x7FFFFFFF);
        if (blockSize != BlockSize)
        {
            writer.Write((uint)(blockSize - 1), 16);
        }

        writer.Write(FlacCrc.Crc8(_frame.AsSpan(0, writer.Length)), 8);
    }

    private void WriteSubframe(ref FlacBitWriter writer, ReadOnlySpan<int> samples, int wasted)
    {
        int order = FixedPredictor.Choose(samples, _errors);
        ReadOnlySpan<int> errors = _errors.AsSpan(0, samples.Length - order);
        (int partitionOrder, long bits) = RiceCoding.Choose(errors, samples.Length, order);
        int sampleBits = BitsPerSample - wasted;
        bool predicted = bits + (order * sampleBits) < (long)samples.Length * sampleBits;
        writer.Write(0, 1);
        writer.Write(predicted ? 0b001000u | (uint)order : 0b000001u, 6);
        writer.Write(wasted > 0 ? 1u : 0u, 1);
        if (wasted > 0)
        {
            writer.WriteUnary((uint)wasted - 1);
        }

        foreach (int sample in predicted ? samples[..order] : samples)
        {
            writer.WriteSigned(sample, sampleBits);
        }

        if (predicted)
        {
            RiceCoding.Write(ref writer, errors, samples.Length, order, partitionOrder);
        }
    }
}
