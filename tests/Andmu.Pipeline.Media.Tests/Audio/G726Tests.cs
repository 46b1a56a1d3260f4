using System.Buffers.Binary;
using System.Globalization;
using Andmu.Pipeline.Media.Audio;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests.Audio;

/// <summary>Against a decoder of its own making: what silence sounds like after something loud.</summary>
public sealed class G726Tests
{
    private const int SamplesPerSecond = 8_000;
    private const string Tone = "sine=frequency=440:sample_rate=8000:duration=0.5,volume=12dB";

    [Theory]
    [InlineData(3, "g726")]
    [InlineData(4, "g726")]
    [InlineData(5, "g726")]
    [InlineData(3, "g726le")]
    [InlineData(4, "g726le")]
    [InlineData(5, "g726le")]
    public void Silence_AfterATone_DecodesToZeroWithinAPack(int bits, string packing)
    {
        short[] samples = DecodeToneAndSilence(bits, packing, out int toneSamples);
        Assert.True(samples[..toneSamples].Max() > 8_000); // there was a tone
        Assert.All(samples[(toneSamples + (SamplesPerSecond / 50))..], sample => Assert.Equal(0, sample));
    }

    /// <summary>2 bits have no zero: what remains is constant, and nothing to hear.</summary>
    [Theory]
    [InlineData("g726")]
    [InlineData("g726le")]
    public void Silence_At16KilobitsAfterATone_DecodesToAConstant(string packing)
    {
        short[] samples = DecodeToneAndSilence(2, packing, out int toneSamples);
        short[] settled = samples[(toneSamples + (SamplesPerSecond / 2))..];
        Assert.All(settled, sample => Assert.Equal(settled[0], sample));
        Assert.InRange(settled[0], -2_500, 0);
    }

    private static short[] DecodeToneAndSilence(int bits, string packing, out int toneSamples)
    {
        using TemporaryFile coded = new([]);
        Ffmpeg.Run("-f", "lavfi", "-i", Tone, "-c:a", packing, "-b:a", $"{bits * 8}k", "-f", packing, coded.Path);
        byte[] tone = coded.Content;
        toneSamples = tone.Length * 8 / bits;
        byte[] silence = new byte[SamplesPerSecond * bits / 8];
        Array.Fill(silence, G726.Silence);
        using TemporaryFile both = new([.. tone, .. silence]);
        using TemporaryFile decoded = new([]);
        Ffmpeg.Run("-f", packing, "-code_size", bits.ToString(CultureInfo.InvariantCulture), "-sample_rate", "8000", "-i", both.Path, "-f", "s16le", decoded.Path);
        byte[] bytes = decoded.Content;
        return [.. Enumerable.Range(0, bytes.Length / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i)))];
    }
}
