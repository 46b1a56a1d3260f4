using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Writing;
using CsCheck;

namespace Andmu.Pipeline.Spool.Tests.Writing;

public sealed class BatchWriterTests
{
    private static readonly Gen<int[]> Pieces = Gen.OneOf(Gen.Int[0, 100], Gen.Int[4090, 4100], Gen.Int[0, 20_000]).Array[0, 12];

    [Fact]
    public void AnyPieces_AreOneAfterTheOther_InWholeBlocks() => Pieces.Sample(static lengths =>
    {
        var file = new RecordingFile();
        var writer = new BatchWriter();
        byte[][] pieces = Make(lengths);

        writer.Start(file, Layout.BlockBytes);
        Array.ForEach(pieces, piece => writer.Add(piece));
        long end = writer.End();

        byte[] expected = [.. pieces.SelectMany(static piece => piece)];
        Assert.Equal(Layout.BlockBytes + Layout.AlignUp(expected.Length), end);
        Array.Resize(ref expected, (int)end - Layout.BlockBytes);
        Assert.Equal(expected, file.Bytes.Skip(Layout.BlockBytes));
        Assert.All(file.Writes, static write => Assert.Equal((0, 0), (write.Offset % Layout.BlockBytes, write.Length % Layout.BlockBytes)));
        Assert.Equal(StoreFault.None, writer.Fault);
    });

    [Fact]
    public void LargePiece_OnABlock_IsOneWriteOfItself()
    {
        var file = new RecordingFile();
        var writer = new BatchWriter();

        writer.Start(file, 0);
        writer.Add(new byte[1_000_000]);
        writer.End();

        Assert.Equal([(0, 999_424), (999_424, Layout.BlockBytes)], file.Writes);
    }

    [Fact]
    public void Fault_AtAnyWrite_NothingIsWrittenAfterIt()
    {
        byte[][] pieces = Make([5000, 3000, 9000, 200]); // writes: 4096, 4096, 8192, and the last block
        for (int good = 0; good < 4; good++)
        {
            var file = new RecordingFile { FailsAfter = good };
            var writer = new BatchWriter();
            writer.Start(file, 0);
            Array.ForEach(pieces, piece => writer.Add(piece));
            long end = writer.End();

            Assert.Equal((StoreFault.NoSpace, good), (writer.Fault, file.Writes.Count));
            Assert.Equal(Layout.AlignUp(17_200), end);
        }
    }

    private static byte[][] Make(int[] lengths) => [.. lengths.Select(static (length, i) => Enumerable.Repeat((byte)(i + 1), length).ToArray())];

    private sealed class RecordingFile : IBlockFile
    {
        public byte[] Bytes { get; private set; } = new byte[Layout.BlockBytes];

        public List<(long Offset, int Length)> Writes { get; } = [];

        public int FailsAfter { get; init; } = int.MaxValue;

        public StoreFault Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (Writes.Count >= FailsAfter)
            {
                return StoreFault.NoSpace;
            }

            Writes.Add((offset, bytes.Length));
            byte[] all = Bytes;
            Array.Resize(ref all, (int)Math.Max(all.Length, offset + bytes.Length));
            bytes.CopyTo(all.AsSpan((int)offset));
            Bytes = all;
            return StoreFault.None;
        }

        public StoreFault Read(long offset, Span<byte> buffer, out int count) => throw new NotSupportedException();

        public StoreFault Sync() => StoreFault.None;

        public StoreFault GetLength(out long length) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
