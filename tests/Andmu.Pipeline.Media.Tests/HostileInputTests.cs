using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>
/// Whatever comes, nothing throws but what is documented, nothing is read out of bounds (spans see to that, as an exception), and
/// Inspect and WritePicture agree. Seeds are fixed, so a failure comes again.
/// </summary>
public sealed class HostileInputTests
{
    private static readonly string[] Streams = ["h264-slices", "h264-high-422", "h264-custom-scaling", "h265-bframes", "h265-temporal-layers", "h265-scaling-list"];

    [Fact]
    public void SequenceParameterSets_AnyBitFlippedOrCutShort_GiveASaneSizeOrNothing()
    {
        foreach (string name in Streams)
        {
            byte[] sps = Samples.Unit(name, name.StartsWith("h264", StringComparison.Ordinal) ? (byte)0x67 : (byte)0x42);
            for (int length = 0; length <= sps.Length; length++)
            {
                AssertSane(sps.AsSpan(0, length));
            }

            for (int bit = 0; bit < 8 * sps.Length; bit++)
            {
                byte[] flipped = [.. sps];
                flipped[bit / 8] ^= (byte)(0x80 >> (bit % 8));
                AssertSane(flipped);
            }
        }
    }

    [Fact]
    public void SequenceParameterSets_Noise_GiveASaneSizeOrNothing()
    {
        Random random = new(264);
        byte[] unit = new byte[64];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(unit);
            unit.AsSpan(random.Next(64)).Fill((byte)(random.Next(2) * 0xFF));
            unit[0] = i % 2 == 0 ? (byte)0x67 : (byte)0x42;
            unit[1] = i % 2 == 0 ? (byte)100 : (byte)0x01;
            AssertSane(unit);
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264, "h264-slices")]
    [InlineData(VideoCodec.H265, "h265-bframes")]
    public async Task AccessUnits_Mutated_NeverThrowAndKeepTheirWord(VideoCodec codec, string name)
    {
        Random random = new(265);
        ParameterSetCache cache = new(codec);
        foreach (Picture picture in await Picture.ReadAllAsync(new MemoryStream(TestStream.Named(name).Bytes), codec))
        {
            for (int i = 0; i < 50; i++)
            {
                byte[] mutated = Mutate(picture.AccessUnit, random);
                Picture.Take(codec, NalFraming.AnnexB, mutated, cache);
                Picture.Take(codec, NalFraming.FourByteLength, mutated, cache);
                Assert.InRange(cache.AnnexB.Length, 0, ParameterSetCache.MaxBytes);
            }
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void AccessUnits_Noise_NeverThrowAndKeepTheirWord(VideoCodec codec)
    {
        Random random = new(1);
        ParameterSetCache cache = new(codec);
        for (int i = 0; i < 20_000; i++)
        {
            // Small values, so that start codes, lengths and headers come about.
            byte[] noise = [.. Enumerable.Range(0, random.Next(64)).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(3)))];
            Picture.Take(codec, NalFraming.AnnexB, noise, cache);
            Picture.Take(codec, NalFraming.FourByteLength, noise, cache);
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264, "h264-slices")]
    [InlineData(VideoCodec.H265, "h265-bframes")]
    public async Task ElementaryStreams_Mutated_AreReadAlikeInOneAndInPortionsOrRefusedAlike(VideoCodec codec, string name)
    {
        Random random = new(7);
        byte[] bytes = TestStream.Named(name).Bytes;
        ElementaryStreamReaderOptions options = new() { MaxAccessUnitBytes = 3_000, MaxProbeBytes = 5_000 };
        for (int i = 0; i < 60; i++)
        {
            byte[] mutated = Mutate(bytes, random);
            (List<byte[]> whole, string? wholeError) = await ReadAsync(new MemoryStream(mutated), codec, options);
            (List<byte[]> portions, string? portionsError) = await ReadAsync(new ChunkedStream(mutated, random.Next(1, 50)), codec, options);

            Assert.Equal(whole, portions);
            Assert.Equal(wholeError, portionsError);
        }
    }

    private static async Task<(List<byte[]> AccessUnits, string? Error)> ReadAsync(Stream stream, VideoCodec codec, ElementaryStreamReaderOptions options)
    {
        ElementaryStreamReader reader = new(stream, codec, options);
        List<byte[]> accessUnits = [];
        try
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                accessUnits.Add(reader.AccessUnit.ToArray());
            }
        }
        catch (MediaFormatException exception)
        {
            return (accessUnits, exception.Message);
        }

        return (accessUnits, null);
    }

    private static void AssertSane(ReadOnlySpan<byte> unit)
    {
        if (H264SequenceParameterSet.TryParse(unit, out H264SequenceParameterSet? h264))
        {
            AssertSane(h264.Width, h264.Height, h264.FrameRate, h264.Id, 31);
        }

        if (H265SequenceParameterSet.TryParse(unit, out H265SequenceParameterSet? h265))
        {
            AssertSane(h265.Width, h265.Height, h265.FrameRate, h265.Id, 15);
        }

        ParameterSetCache cache = new(VideoCodec.H264);
        cache.Offer(unit);
        cache = new ParameterSetCache(VideoCodec.H265);
        cache.Offer(unit);
    }

    private static void AssertSane(int width, int height, double? rate, int id, int maxId)
    {
        Assert.InRange(width, 1, 65535);
        Assert.InRange(height, 1, 65535);
        Assert.InRange(id, 0, maxId);
        Assert.True(rate is null || (double.IsFinite(rate.Value) && rate > 0));
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] mutated = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            int at = random.Next(mutated.Length);
            mutated[at] = (byte)random.Next(random.Next(2) == 0 ? 2 : 256);
            if (random.Next(4) == 0)
            {
                mutated.AsSpan(at, Math.Min(random.Next(6), mutated.Length - at)).Clear();
            }
        }

        return mutated;
    }
}
