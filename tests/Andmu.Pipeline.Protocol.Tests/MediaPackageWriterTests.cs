using System.Buffers;
using System.IO.Pipelines;
using Andmu.Pipeline.Protocol.Tests.Support;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class MediaPackageWriterTests
{
    private static readonly MediaPackageHeader Largest =
        new((PackageType)uint.MaxValue, true, uint.MaxValue, uint.MaxValue, ulong.MaxValue, uint.MaxValue);

    private static readonly MediaPackageHeader Smallest = new(PackageType.Audio, false, 0, 0, null, null);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(64)]
    [InlineData(90)] // a byte less than 30 and the most that a packet has beyond them, with which it is written in place
    [InlineData(91)]
    [InlineData(92)]
    [InlineData(4096)]
    [InlineData(65536)]
    public void Write_IntoBlocksOfAnySize_WritesTheSameBytes(int blockSize)
    {
        foreach (MediaPackageHeader header in new[] { Smallest, Largest })
        {
            foreach (int length in new[] { 0, 1, 30, 61, 100, 127, 128, 5000 })
            {
                byte[] payload = Payload(length);
                BlockBufferWriter output = new(blockSize);
                MediaPackageWriter.Write(output, header, payload);

                Assert.Equal(Reference.Packet(Reference.Message(header, payload)), output.Written);
                Assert.Equal(MediaPackageWriter.GetPacketLength(header, length), output.Written.Length);
            }
        }
    }

    [Fact]
    public void Write_TheWholePacketFitsABlock_AsksOnce()
    {
        BlockBufferWriter output = new(200);

        MediaPackageWriter.Write(output, Largest, Payload(200 - MediaPackageWriter.MaxOverheadBytes));

        Assert.Equal(1, output.BlocksGiven);
    }

    [Fact]
    public void Write_SeveralPackets_LeavesNoGapInTheBlocks()
    {
        BlockBufferWriter output = new(64);
        for (int i = 0; i < 10; i++)
        {
            MediaPackageWriter.Write(output, Largest, Payload(100));
        }

        int total = 10 * MediaPackageWriter.GetPacketLength(Largest, 100);
        Assert.Equal(total, output.Written.Length);
        Assert.Equal((total + 63) / 64, output.BlocksGiven);
    }

    [Fact]
    public async Task Write_IntoAPipe_ArrivesWhole()
    {
        byte[] payload = Payload(100_000);
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));

        MediaPackageWriter.Write(pipe.Writer, Smallest, payload);
        await pipe.Writer.CompleteAsync();

        ReadResult result = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Reference.Packet(Reference.Message(Smallest, payload)), result.Buffer.ToArray());
    }

    [Fact]
    public void MaxOverheadBytes_LargestFields_IsNeverPassed()
    {
        // A payload of 2^28 bytes and more has lengths of five bytes: the most there are.
        const int length = 1 << 28;

        Assert.Equal(length + MediaPackageWriter.MaxOverheadBytes, MediaPackageWriter.GetPacketLength(Largest, length));
        Assert.Equal(61, MediaPackageWriter.MaxOverheadBytes);
    }

    [Fact]
    public void GetPacketLength_LongestPayload_DoesNotOverflow()
    {
        const int longest = int.MaxValue - MediaPackageWriter.MaxOverheadBytes;

        Assert.Equal(int.MaxValue, MediaPackageWriter.GetPacketLength(Largest, longest));
        Assert.Throws<ArgumentOutOfRangeException>(() => MediaPackageWriter.GetPacketLength(Largest, longest + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MediaPackageWriter.GetPacketLength(Largest, -1));
    }

    [Fact]
    public void Write_WriterThatGivesNoMemory_Throws()
    {
        NoMemoryWriter output = new();

        Assert.Throws<InvalidOperationException>(() => MediaPackageWriter.Write(output, Smallest, Payload(10)));
        Assert.Throws<InvalidOperationException>(() => HeartbeatPacket.WritePing(output, 1));
    }

    private static byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);
        return payload;
    }

    private sealed class NoMemoryWriter : IBufferWriter<byte>
    {
        public void Advance(int count) => ArgumentOutOfRangeException.ThrowIfNotEqual(count, 0);

        public Memory<byte> GetMemory(int sizeHint = 0) => Memory<byte>.Empty;

        public Span<byte> GetSpan(int sizeHint = 0) => [];
    }
}
