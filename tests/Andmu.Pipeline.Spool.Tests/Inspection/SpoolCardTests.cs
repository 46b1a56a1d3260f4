using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Inspection;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Inspection;

public sealed class SpoolCardTests : IDisposable
{
    private const int Records = 200;

    private readonly string _directory = Directory.CreateTempSubdirectory("andmu-spool-").FullName;

    [Fact]
    public async Task TryRead_SeveralSegments_EveryRecordInOrderAndNoFault()
    {
        await WriteAsync();
        SpoolCard card = SpoolCard.Open(_directory);

        Assert.True(card.HasJournal);
        Assert.Equal(32, card.Volume.Length);
        Assert.True(card.Segments(SpoolLane.Media).Count > 2);
        Assert.Equal(Enumerable.Range(1, Records).Select(static id => (uint)id), Read(card, out List<(string, SpoolFault)> faults));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Open_CardUntouched_NothingIsWritten()
    {
        await WriteAsync();
        Dictionary<string, byte[]> before = Content();

        Read(SpoolCard.Open(_directory), out _);

        Assert.Equal(before, Content());
    }

    [Fact]
    public async Task TryRead_CutInTheMiddleOfARun_IsDamage()
    {
        await WriteAsync();
        SpoolCard card = SpoolCard.Open(_directory);
        SpoolSegment first = card.Segments(SpoolLane.Media)[0];
        Cut(first, Layout.BlockBytes + 10);

        int left = Read(card, out List<(string Name, SpoolFault Fault)> faults).Count;

        Assert.False(first.IsLastOfRun);
        Assert.InRange(left, 1, Records - 1);
        Assert.Equal((first.Name, SpoolFaultKind.Damaged), (Assert.Single(faults).Name, faults[0].Fault.Kind));
    }

    [Fact]
    public async Task TryRead_CutAtTheEndOfARun_IsATornTailAlsoWhenAnotherRunFollows()
    {
        await WriteAsync();
        SpoolSegment last = SpoolCard.Open(_directory).Segments(SpoolLane.Media)[^1];
        Cut(last, Layout.BlockBytes + 10);
        await WriteAsync();
        SpoolCard card = SpoolCard.Open(_directory);

        Read(card, out List<(string Name, SpoolFault Fault)> faults);

        Assert.Equal((last.Name, SpoolFaultKind.TornTail), (Assert.Single(faults).Name, faults[0].Fault.Kind));
        Assert.Equal(2, card.Segments(SpoolLane.Media).Count(static segment => segment.IsLastOfRun));
    }

    [Fact]
    public async Task TryRead_EveryByteOfTheHeaderOfARecordFlipped_OneFaultAtItsOffset()
    {
        await WriteAsync();
        SpoolSegment first = SpoolCard.Open(_directory).Segments(SpoolLane.Media)[0];
        for (int i = 0; i < RecordHeader.Size; i++)
        {
            Flip(first, Layout.BlockBytes + i);
            Assert.Equal(Records - 1, Read(SpoolCard.Open(_directory), out List<(string Name, SpoolFault Fault)> faults).Count);
            Assert.Equal((SpoolFaultKind.Damaged, (long)Layout.BlockBytes), (Assert.Single(faults).Fault.Kind, faults[0].Fault.Offset));
            Flip(first, Layout.BlockBytes + i);
        }
    }

    [Fact]
    public async Task TryRead_SegmentHeaderFlipped_IsToldAndCostsNoRecord()
    {
        await WriteAsync();
        Flip(SpoolCard.Open(_directory).Segments(SpoolLane.Media)[0], 30);

        Assert.Equal(Records, Read(SpoolCard.Open(_directory), out List<(string Name, SpoolFault Fault)> faults).Count);
        Assert.Equal(new SpoolFault(SpoolFaultKind.Header, 0, Layout.BlockBytes), Assert.Single(faults).Fault);
    }

    [Fact]
    public async Task TryRead_RemovedSince_IsGoneAndNoFault()
    {
        await WriteAsync();
        SpoolCard card = SpoolCard.Open(_directory);
        SpoolSegment first = card.Segments(SpoolLane.Media)[0];
        File.Delete(Path.Combine(_directory, first.Name));
        int faults = 0;

        using SpoolSegmentReader reader = card.Read(first, _ => faults++);

        Assert.False(reader.TryRead(out _));
        Assert.True(reader.IsGone);
        Assert.Equal(0, faults);
    }

    [Fact]
    public async Task TryRead_Garbage_NeverThrows()
    {
        await WriteAsync();
        byte[] garbage = new byte[100_000];
        var random = new Random(3);
        for (uint id = 0xF000; id < 0xF020; id++)
        {
            random.NextBytes(garbage);
            SpoolLane lane = id % 2 == 0 ? SpoolLane.Media : SpoolLane.Event;
            await File.WriteAllBytesAsync(
                Path.Combine(_directory, SegmentName.Of(id, lane)), garbage[..random.Next(garbage.Length)], TestContext.Current.CancellationToken);
        }

        Assert.Equal(Records, Read(SpoolCard.Open(_directory), out List<(string, SpoolFault)> faults).Count);
        Assert.True(faults.Count >= 16);
    }

    [Fact]
    public void Open_NoJournal_SaysSoAndMakesNothing()
    {
        Assert.False(SpoolCard.Open(_directory).HasJournal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
        string nowhere = Path.Combine(_directory, "nowhere");
        Assert.Throws<DirectoryNotFoundException>(() => SpoolCard.Open(nowhere));
        Assert.False(Directory.Exists(nowhere));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static List<uint> Read(SpoolCard card, out List<(string Name, SpoolFault Fault)> faults)
    {
        var found = new List<uint>();
        var told = new List<(string, SpoolFault)>();
        foreach (SpoolSegment segment in card.Segments(SpoolLane.Media).Concat(card.Segments(SpoolLane.Event)))
        {
            using SpoolSegmentReader reader = card.Read(segment, fault => told.Add((segment.Name, fault)));
            while (reader.TryRead(out SpoolRecord record))
            {
                Assert.InRange(reader.Offset, Layout.BlockBytes, segment.Bytes);
                found.Add(SpoolRig.Check(record.Data.Span));
            }
        }

        faults = told;
        return found;
    }

    private async Task WriteAsync()
    {
        await using var journal = new SpoolJournal(_directory, SpoolRig.Small with { QueueBytes = 1024 * 1024 });
        journal.Start();
        for (uint id = 1; id <= Records; id++)
        {
            Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(2, id % 10 == 1, id, id, id), SpoolRig.Data(id, 1000), out _));
        }
    }

    private void Flip(SpoolSegment segment, long offset)
    {
        string path = Path.Combine(_directory, segment.Name);
        byte[] content = File.ReadAllBytes(path);
        content[offset] ^= 1;
        File.WriteAllBytes(path, content);
    }

    private void Cut(SpoolSegment segment, long bytes)
    {
        using FileStream file = File.Open(Path.Combine(_directory, segment.Name), FileMode.Open);
        file.SetLength(file.Length - bytes);
    }

    private Dictionary<string, byte[]> Content() => Directory.GetFiles(_directory).ToDictionary(static path => path, File.ReadAllBytes);
}
