using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;

namespace Andmu.Pipeline.Spool.Tests.Reading;

public sealed class SegmentScannerTests
{
    private const uint Salt = 0xC0FF_EE01;
    private const int Records = 40;
    private const int RecordsPerBatch = 8;

    private readonly byte[] _segment;
    private readonly List<(int Start, int End)> _places = [];
    private readonly SegmentScanner _scanner = new(16 * 1024);

    public SegmentScannerTests() => _segment = MakeSegment();

    [Fact]
    public void Next_Whole_GivesEveryRecordAndNoDamage()
    {
        Assert.Equal(All(), Scan(_segment));
        Assert.Equal(0, _scanner.DamagedPlaces);
    }

    [Fact]
    public void Next_CutAtEveryByte_GivesExactlyTheWholeRecords()
    {
        for (int length = 0; length <= _segment.Length; length++)
        {
            Assert.Equal(_places.Count(place => place.End <= length), Scan(_segment.AsMemory(0, length)).Count);
        }
    }

    [Fact]
    public void Next_ZeroTailAtEveryByte_GivesExactlyTheRecordsThatAreWhole()
    {
        for (int length = 0; length <= _segment.Length; length++)
        {
            byte[] grown = new byte[_segment.Length + 5000];
            _segment.AsSpan(0, length).CopyTo(grown);
            int whole = Enumerable.Range(0, Records).Count(i => IsSame(grown, _places[i]));
            Assert.Equal(whole, Scan(grown).Count);
        }
    }

    [Fact]
    public void Next_EveryBitOfEveryRecordHeaderFlipped_LosesThatRecordAlone()
    {
        foreach ((int start, _) in _places)
        {
            for (int bit = 0; bit < RecordHeader.Size * 8; bit++)
            {
                byte[] flipped = Flip(start, bit);
                ulong lost = (ulong)_places.FindIndex(place => place.Start == start) + 1;
                Assert.Equal(All().Where(sequence => sequence != lost), Scan(flipped));
                Assert.Equal(1, _scanner.DamagedPlaces);
            }
        }
    }

    [Fact]
    public void Next_EveryByteOfAPayloadFlipped_LosesThatRecordAlone()
    {
        (int start, int end) = _places[11];
        for (int bit = RecordHeader.Size * 8; bit < (end - start) * 8; bit += 8)
        {
            Assert.Equal(All().Where(sequence => sequence != 12), Scan(Flip(start, bit)));
        }
    }

    [Fact]
    public void Next_SaltNotKnown_TakesItFromTheFirstWholeRecord()
    {
        Assert.Equal(All().Skip(1), Scan(Flip(_places[0].Start, 3), salt: null));
        Assert.Equal(Salt, _scanner.Salt);
    }

    [Fact]
    public void Next_RecordsOfAnOlderFileBehind_AreNone()
    {
        byte[] stale = [.. _segment, .. _segment];
        Assert.Equal(All(), Scan(stale));
        Assert.Empty(Scan(_segment, salt: Salt + 1));
    }

    [Fact]
    public void Next_LengthsThatLeadBeyondTheEnd_TakeNoMemory()
    {
        // With memory for what each announces, the window was copied once a header: minutes for a segment of them.
        byte[] bytes = new byte[Layout.BlockBytes + (1000 * RecordHeader.Size)];
        for (int i = 0; i < 1000; i++)
        {
            new RecordHeader(Salt, (ulong)i + 1, Layout.MaxPayloadBytes, RecordType.Media, RecordFlags.None, 0)
                .Write(bytes.AsSpan(Layout.BlockBytes + (i * RecordHeader.Size)));
        }

        Scan(_segment);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(Scan(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal(1, _scanner.DamagedPlaces);
    }

    [Fact]
    public void SegmentHeader_EveryBitFlipped_IsRefused()
    {
        byte[] block = new byte[Layout.BlockBytes];
        var header = new SegmentHeader(SpoolLane.Event, 7, Salt, 8, 9, new VolumeId(10, 11));
        header.Write(block);
        Assert.True(SegmentHeader.TryRead(block, out SegmentHeader read));
        Assert.Equal(header, read);
        for (int bit = 0; bit < SegmentHeader.Size * 8; bit++)
        {
            block[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SegmentHeader.TryRead(block, out _));
            block[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Crc32C_CheckValue_IsTheStandards() => Assert.Equal(0xE306_9283, Crc32C.Of("123456789"u8));

    private static IEnumerable<ulong> All() => Enumerable.Range(1, Records).Select(i => (ulong)i);

    private List<ulong> Scan(ReadOnlyMemory<byte> content, uint? salt = Salt)
    {
        using var file = new MemoryFile(content);
        var found = new List<ulong>();
        _scanner.Start(file, salt, Layout.BlockBytes, after: 0);
        while (_scanner.Next(long.MaxValue, out RecordHeader header) == ScanResult.Record)
        {
            (int start, int end) = _places[(int)header.Sequence - 1];
            Assert.True(_scanner.Payload.Span.SequenceEqual(_segment.AsSpan(start + RecordHeader.Size, end - start - RecordHeader.Size)));
            found.Add(header.Sequence);
        }

        return found;
    }

    private bool IsSame(byte[] content, (int Start, int End) place) =>
        content.AsSpan(place.Start, place.End - place.Start).SequenceEqual(_segment.AsSpan(place.Start, place.End - place.Start));

    private byte[] Flip(int start, int bit)
    {
        byte[] flipped = [.. _segment];
        flipped[start + (bit / 8)] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private byte[] MakeSegment()
    {
        var random = new Random(5);
        var bytes = new List<byte>(new byte[Layout.BlockBytes]);
        for (int i = 0; i < Records; i++)
        {
            byte[] record = new byte[RecordHeader.Size + random.Next(1, 900)];
            random.NextBytes(record);
            record[^1] |= 1; // a payload that ends in zeros would be whole in a file cut before them and grown again
            ReadOnlySpan<byte> payload = record.AsSpan(RecordHeader.Size);
            new RecordHeader(Salt, (ulong)i + 1, payload.Length, RecordType.Media, RecordFlags.None, Crc32C.Of(payload)).Write(record);
            _places.Add((bytes.Count, bytes.Count + record.Length));
            bytes.AddRange(record);
            if ((i + 1) % RecordsPerBatch == 0)
            {
                bytes.AddRange(new byte[Layout.AlignUp(bytes.Count) - bytes.Count]);
            }
        }

        return [.. bytes];
    }
}
