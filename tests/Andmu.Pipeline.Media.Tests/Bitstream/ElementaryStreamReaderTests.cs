using System.Text;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.Tests.Streams;

namespace Andmu.Pipeline.Media.Tests.Bitstream;

public sealed class ElementaryStreamReaderTests
{
    private static readonly byte[] Sps = Samples.Unit("h264-slices", 0x67);
    private static readonly byte[] Pps = [0x68, 0xEE, 0x3C, 0x80];
    private static readonly byte[] Idr = [0x65, 0x88, 0x84, 0x01];
    private static readonly byte[] IdrSecond = [0x65, 0x08, 0x84, 0x02];
    private static readonly byte[] P = [0x41, 0x9A, 0x03];
    private static readonly byte[] PSecond = [0x41, 0x1A, 0x04];
    private static readonly byte[] Sei = [0x06, 0x05, 0x01, 0xAA, 0x80];
    private static readonly byte[] Aud = [0x09, 0x30];
    private static readonly byte[] EndOfSequence = [0x0A];

    [Theory]
    [InlineData("h264-slices", 1)]
    [InlineData("h264-bframes", 1)]
    [InlineData("h264-size-change", 4096)]
    [InlineData("h265-slices", 1)]
    [InlineData("h265-open-gop", 1)]
    [InlineData("h265-size-change", 4096)]
    [InlineData("h265-bframes", 7)]
    public async Task ReadAsync_StreamInPortions_GivesWhatTheWholeGives(string name, int chunk)
    {
        TestStream stream = TestStream.Named(name);
        byte[] bytes = stream.Bytes;

        List<byte[]> whole = await ReadAsync(new MemoryStream(bytes), stream.Codec);
        List<byte[]> portions = await ReadAsync(new ChunkedStream(bytes, chunk), stream.Codec);

        Assert.Equal(whole, portions);
    }

    [Fact]
    public async Task ReadAsync_OpeningUnitsAfterThePicture_BeginTheNextAccessUnit()
    {
        await AssertAccessUnits(
            [[Sps, Pps, Idr, IdrSecond], [Sei, P, PSecond], [Pps, Sei, P], [P]]);
        await AssertAccessUnits(
            [[Aud, Sps, Pps, Sei, Idr], [Aud, P], [Aud, Sei, PSecond]]);
    }

    [Fact]
    public async Task ReadAsync_OpeningUnitBetweenSlicesOfAPicture_StaysInIt() =>
        await AssertAccessUnits([[Sps, Pps, Idr, Pps, IdrSecond], [Sei, P, Sei, PSecond, Pps, PSecond], [P]]);

    [Fact]
    public async Task ReadAsync_EndOfSequence_BelongsToThePictureBefore() =>
        await AssertAccessUnits([[Sps, Pps, Idr, EndOfSequence], [Sps, Pps, Idr, EndOfSequence]]);

    [Fact]
    public async Task ReadAsync_UnitsAfterTheLastPicture_AreNoAccessUnit()
    {
        byte[] picture = Samples.AnnexB(Sps, Pps, Idr);

        Assert.Equal([picture], await ReadAsync(new MemoryStream([.. picture, .. Samples.AnnexB(Sps, Pps)]), VideoCodec.H264));
    }

    [Fact]
    public async Task ReadAsync_PicturesBeforeTheFirstParameterSet_AreSkipped()
    {
        byte[] picture = Samples.AnnexB(Sps, Pps, Idr);

        Assert.Equal([picture], await ReadAsync(new MemoryStream([.. Samples.AnnexB(P, P, PSecond), .. picture]), VideoCodec.H264));
    }

    [Fact]
    public async Task ReadAsync_GarbageAndZerosAround_AreLeftOut()
    {
        byte[] picture = [0, 0, 1, .. Sps, .. Samples.AnnexB(Pps, Idr)];
        byte[] stream = [0xDE, 0xAD, .. picture, 0, 0, 0, .. Samples.AnnexB(P), 0, 0, 0, 0];

        Assert.Equal([picture, Samples.AnnexB(P)], await ReadAsync(new ChunkedStream(stream, 1), VideoCodec.H264));
    }

    [Theory]
    [InlineData(VideoCodec.H264, "h265-slices", "No H.264 sequence parameter set in the first ")]
    [InlineData(VideoCodec.H265, "h264-slices", "No H.265 sequence parameter set in the first ")]
    public async Task ReadAsync_StreamOfTheOtherCodec_SaysSo(VideoCodec codec, string name, string message)
    {
        MediaFormatException exception = await Assert.ThrowsAsync<MediaFormatException>(
            () => ReadAsync(new MemoryStream(TestStream.Named(name).Bytes), codec));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public async Task ReadAsync_NoVideo_SaysSoWithinTheProbe(VideoCodec codec)
    {
        byte[] noise = new byte[3_000_000];
        new Random(1).NextBytes(noise);
        byte[][] files = [[], [0, 0, 0, 1], Encoding.ASCII.GetBytes("What is this?"), noise, new byte[3_000_000]];

        foreach (byte[] file in files)
        {
            MemoryStream stream = new(file);
            MediaFormatException exception = await Assert.ThrowsAsync<MediaFormatException>(() => ReadAsync(stream, codec));
            int looked = Math.Min(file.Length, 1024 * 1024);
            Assert.Contains($"in the first {looked} bytes", exception.Message, StringComparison.Ordinal);
            Assert.True(stream.Position <= looked + (512 * 1024), "It must not read on once it knows.");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task ReadAsync_AccessUnitAtTheLimit_IsReadAndOneByteMoreIsNot(int chunk)
    {
        byte[] first = Samples.AnnexB(Sps, Pps, Idr);
        byte[] large = Samples.AnnexB([0x41, 0x9A, .. Enumerable.Repeat((byte)0x77, 3000)]);
        byte[] stream = [.. first, .. large, .. Samples.AnnexB(P)];

        ElementaryStreamReaderOptions fits = new() { MaxAccessUnitBytes = large.Length };
        Assert.Equal([first, large, Samples.AnnexB(P)], await ReadAsync(new ChunkedStream(stream, chunk), VideoCodec.H264, fits));

        ElementaryStreamReaderOptions tooSmall = new() { MaxAccessUnitBytes = large.Length - 1 };
        MediaFormatException exception = await Assert.ThrowsAsync<MediaFormatException>(
            () => ReadAsync(new ChunkedStream(stream, chunk), VideoCodec.H264, tooSmall));
        Assert.Contains($"at byte {first.Length} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EndlessAccessUnit_ThrowsWithBoundedMemory()
    {
        byte[] stream = new byte[64 * 1024 * 1024];
        stream.AsSpan().Fill(0x77);
        Samples.AnnexB(Sps, Pps, Idr).CopyTo(stream, 0);
        MemoryStream source = new(stream);

        await Assert.ThrowsAsync<MediaFormatException>(() => ReadAsync(source, VideoCodec.H264));

        Assert.InRange(source.Position, 8 * 1024 * 1024, 17 * 1024 * 1024);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_LosesNothing()
    {
        byte[] bytes = [.. Samples.AnnexB(Sps, Pps, Idr), .. Samples.AnnexB(P)];
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        ElementaryStreamReader reader = new(new MemoryStream(bytes), VideoCodec.H264);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.ReadAsync(cancelled.Token));

        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Samples.AnnexB(Sps, Pps, Idr), reader.AccessUnit.ToArray());
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.True(reader.AccessUnit.IsEmpty);
    }

    [Fact]
    public void Constructor_WrongArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElementaryStreamReader(Stream.Null, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ElementaryStreamReader(Stream.Null, VideoCodec.H264, new ElementaryStreamReaderOptions { MaxAccessUnitBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ElementaryStreamReader(Stream.Null, VideoCodec.H264, new ElementaryStreamReaderOptions { MaxProbeBytes = 0 }));
    }

    private static async Task AssertAccessUnits(byte[][][] accessUnits)
    {
        byte[][] expected = [.. accessUnits.Select(Samples.AnnexB)];
        byte[] stream = [.. expected.SelectMany(accessUnit => accessUnit)];

        Assert.Equal(expected, await ReadAsync(new MemoryStream(stream), VideoCodec.H264));
        Assert.Equal(expected, await ReadAsync(new ChunkedStream(stream, 1), VideoCodec.H264));
    }

    private static async Task<List<byte[]>> ReadAsync(Stream stream, VideoCodec codec, ElementaryStreamReaderOptions? options = null)
    {
        ElementaryStreamReader reader = new(stream, codec, options);
        List<byte[]> accessUnits = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            accessUnits.Add(reader.AccessUnit.ToArray());
        }

        return accessUnits;
    }
}
