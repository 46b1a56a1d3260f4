using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>What a start finds on a card, whatever has become of it.</summary>
public sealed class RecoveryTests
{
    private const int Records = 4;
    private const int RecordBytes = 200;

    private readonly Dictionary<string, byte[]> _files = MakeFiles();

    private static string Segment => SegmentName.Of(1, SpoolLane.Media);

    [Fact]
    public void Start_SegmentCutAtEveryByte_GivesExactlyTheWholeRecords()
    {
        byte[] whole = _files[Segment];
        int size = RecordHeader.Size + EntryFields.MediaSize + RecordBytes;
        for (int length = 0; length <= whole.Length; length += length is > 64 and < Layout.BlockBytes - 64 ? 64 : 1)
        {
            int expected = Math.Clamp((length - Layout.BlockBytes) / size, 0, Records);
            Assert.Equal(Ids(expected), Read(Segment, whole[..length]));
        }
    }

    [Fact]
    public void Start_SegmentGrownByZeros_GivesAllRecords() =>
        Assert.Equal(Ids(Records), Read(Segment, [.. _files[Segment], .. new byte[100_000]]));

    [Fact]
    public void Start_EveryBitOfTheSegmentHeaderFlipped_GivesAllRecords()
    {
        for (int bit = 0; bit < SegmentHeader.Size * 8; bit++)
        {
            Assert.Equal(Ids(Records), Read(Segment, Flip(_files[Segment], bit)));
        }
    }

    [Fact]
    public void Start_EveryBitOfEveryRecordHeaderFlipped_LosesThatRecordAlone()
    {
        int size = RecordHeader.Size + EntryFields.MediaSize + RecordBytes;
        for (int record = 0; record < Records; record++)
        {
            for (int bit = 0; bit < RecordHeader.Size * 8; bit++)
            {
                byte[] flipped = Flip(_files[Segment], ((Layout.BlockBytes + (record * size)) * 8) + bit);
                Assert.Equal(Ids(Records).Where(id => id != record + 1), Read(Segment, flipped));
            }
        }
    }

    [Fact]
    public void Start_EveryBitOfTheVolumesIdentityFlipped_GivesAllRecords()
    {
        for (int bit = 0; bit < VolumeFile.Size * 8; bit++)
        {
            Assert.Equal(Ids(Records), Read(Layout.VolumeName, Flip(_files[Layout.VolumeName], bit)));
        }
    }

    [Fact]
    public void Start_BothCursorsDamaged_ReadsAgainWhatWasDelivered()
    {
        FakeCard card = MakeCard();
        foreach (string name in Layout.CursorNames)
        {
            card.Files[name] = FakeFile.Of([1, 2, 3]);
        }

        Assert.Equal(Ids(Records), Read(card));
    }

    [Fact]
    public void Start_ForeignFiles_AreLeftAlone()
    {
        FakeCard card = MakeCard();
        card.Files["DCIM0001.JPG"] = FakeFile.Of([1, 2, 3]);
        card.Files["0000000G.MED"] = FakeFile.Of([4]);
        Assert.Equal(Ids(Records), Read(card));
        Assert.Equal(3, card.Files["DCIM0001.JPG"].Length);
    }

    [Fact]
    public void Start_Garbage_GivesNothingAndWorks()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            var card = new FakeCard();
            foreach (string name in (string[])[.. Layout.CursorNames, Layout.VolumeName, "00000005.MED", "FFFFFFFF.EVT"])
            {
                byte[] garbage = new byte[random.Next(20_000)];
                random.NextBytes(garbage);
                card.Files[name] = FakeFile.Of(garbage);
            }

            var rig = new SpoolRig(new FakeStore { Card = card });
            rig.Run();
            rig.Keep(1);
            Assert.Equal([1u], rig.ReadAll(rig.Journal.Media));
            Assert.Empty(rig.ReadAll(rig.Journal.Events));
        }
    }

    [Fact]
    public void Start_ForgedSequence_TheJournalStillWorks()
    {
        byte[] segment = new byte[2 * Layout.BlockBytes];
        new SegmentHeader(SpoolLane.Media, 5, 6, 7, ulong.MaxValue - 1, default).Write(segment);
        byte[] payload = new byte[EntryFields.MediaSize];
        new RecordHeader(6, ulong.MaxValue - 1, payload.Length, RecordType.Media, RecordFlags.None, Crc32C.Of(payload)).Write(segment.AsSpan(Layout.BlockBytes));
        var store = new FakeStore();
        store.Card!.Files[SegmentName.Of(5, SpoolLane.Media)] = FakeFile.Of(segment);
        var rig = new SpoolRig(store);
        rig.Run();
        rig.Keep(1);
        rig.Journal.Media.TryRead(out _);
        rig.Run();
        Assert.True(rig.Journal.Media.TryRead(out SpoolRecord forged) && forged.Data.IsEmpty);
        Assert.Equal([1u], rig.ReadAll(rig.Journal.Media));
    }

    [Fact]
    public void Start_Damage_IsCountedOnce()
    {
        FakeCard card = MakeCard();
        card.Files[Segment] = FakeFile.Of(Flip(_files[Segment], (Layout.BlockBytes * 8) + 3));
        var rig = new SpoolRig(new FakeStore { Card = card });
        rig.Run();
        rig.ReadAll(rig.Journal.Media);
        rig.Journal.Media.Rewind();
        rig.ReadAll(rig.Journal.Media);
        Assert.Equal(1, rig.Journal.Loss(SpoolLossReason.Damaged).Count);
    }

    [Fact]
    public void Start_AfterAStart_NeverWritesToAnOldSegment()
    {
        FakeCard card = MakeCard();
        var rig = new SpoolRig(new FakeStore { Card = card });
        rig.Run();
        rig.Keep(99);
        Assert.True(card.Files[Segment].Shown.SequenceEqual(_files[Segment]));
        Assert.Equal([.. Ids(Records), 99u], rig.ReadAll(rig.Journal.Media));
    }

    private static IEnumerable<uint> Ids(int count) => Enumerable.Range(1, count).Select(static id => (uint)id);

    private static byte[] Flip(byte[] content, int bit)
    {
        byte[] flipped = [.. content];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static Dictionary<string, byte[]> MakeFiles()
    {
        var store = new FakeStore();
        var rig = new SpoolRig(store);
        rig.Run();
        foreach (uint id in Ids(Records))
        {
            rig.Media(id, RecordBytes);
        }

        rig.Run(SpoolRig.Small.SyncInterval);
        return store.Card!.Files.ToDictionary(static pair => pair.Key, static pair => pair.Value.Shown.ToArray());
    }

    private static List<uint> Read(FakeCard card)
    {
        var rig = new SpoolRig(new FakeStore { Card = card });
        rig.Run();
        return rig.ReadAll(rig.Journal.Media);
    }

    private FakeCard MakeCard()
    {
        var card = new FakeCard();
        foreach ((string name, byte[] content) in _files)
        {
            card.Files[name] = FakeFile.Of(content);
        }

        return card;
    }

    private List<uint> Read(string changed, byte[] content)
    {
        FakeCard card = MakeCard();
        card.Files[changed] = FakeFile.Of(content);
        return Read(card);
    }
}
