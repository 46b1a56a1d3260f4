using Andmu.Pipeline.Spool.Inspection;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Mounts;

/// <summary>The real file store on a real file system that is full, read-only or pulled out: it is said, nothing is said to be kept that is not, no
/// call waits, and it comes back by itself.</summary>
public sealed class MountTests
{
    private const int RecordBytes = 3000;

    private static readonly SpoolOptions Options = SpoolRig.Small with
    {
        SegmentBytes = 256 * 1024,
        QueueBytes = 256 * 1024,
        RequireMountPoint = true,
        SyncInterval = TimeSpan.FromMilliseconds(10),
        ProbeInterval = TimeSpan.FromMilliseconds(100),
    };

    [Fact]
    public async Task Full_ByOthers_NothingIsKeptUntilThereIsRoom()
    {
        using var card = new TmpfsCard(4);
        await using SpoolJournal journal = await StartAsync(card);
        card.Fill();
        uint offered = 0;
        while (Append(journal, offered + 1))
        {
            offered++; // until the queue is full: on this thread, whatever the card does
        }

        await Progress.WaitForAsync(journal, () => journal.Status.State == SpoolState.Full);
        Assert.Equal((0L, (long)offered), (journal.KeptThrough(SpoolLane.Media), journal.Status.AcceptedRecords));
        Assert.Empty(ReadCard(card));

        card.Release(2 * 1024 * 1024);
        await Progress.WaitForAsync(journal, () => journal.KeptThrough(SpoolLane.Media) == offered);
        Assert.Equal(SpoolState.Ready, journal.Status.State);
        Assert.Equal(Numbers(1, offered), ReadCard(card));
    }

    [Fact]
    public async Task Full_InTheMiddle_TheOldestGoesAndAllElseIsThere()
    {
        using var card = new TmpfsCard(4);
        await using SpoolJournal journal = await StartAsync(card);
        uint last = await KeepAsync(journal, 1, 400); // more than four segments of 256 KiB
        card.Fill();
        last = await KeepAsync(journal, last + 1, 200);

        List<uint> found = ReadCard(card);
        Assert.NotEqual(0, journal.Loss(SpoolLossReason.CardFull).Count + journal.Loss(SpoolLossReason.FreeSpace).Count);
        Assert.True(found[0] > 1 && found.Count > 200);
        Assert.Equal(Numbers(found[0], last), found); // no hole, and to the last that was said to be kept
        Assert.Equal(SpoolState.Ready, journal.Status.State);
    }

    [Fact]
    public async Task SmallerThanASegment_TakesWhatItHoldsAndGoesOn()
    {
        using var card = new TmpfsCard(4);
        await using var journal = new SpoolJournal(card.Directory, Options with { SegmentBytes = 16 * 1024 * 1024 });
        journal.Start();
        uint last = await KeepAsync(journal, 1, 2500); // 7.5 MB

        List<uint> found = ReadCard(card);
        Assert.NotEqual(0, journal.Loss(SpoolLossReason.CardFull).Count + journal.Loss(SpoolLossReason.FreeSpace).Count);
        Assert.Equal(Numbers(found[0], last), found);
    }

    [Fact]
    public async Task Full_AgainAndAgain_EveryKeptRecordThatWasNotEvictedIsThere()
    {
        using var card = new TmpfsCard(2);
        await using SpoolJournal journal = await StartAsync(card);
        var random = new Random(1);
        uint last = 0;
        for (int round = 0; round < 12; round++)
        {
            card.Fill();
            card.Release(random.Next(0, 300) * 1024);
            uint before = last;
            while (last < before + 60 && Append(journal, last + 1))
            {
                last++;
            }

            card.Release(600 * 1024);
            await Progress.WaitForAsync(journal, () => journal.KeptThrough(SpoolLane.Media) == last);
            List<uint> found = ReadCard(card);
            Assert.Equal(Numbers(found[0], last), found);
        }
    }

    [Fact]
    public async Task ReadOnly_WhileItRuns_IsSaidAndNothingIsKeptUntilItIsWritableAgain()
    {
        using var card = new TmpfsCard(4);
        await using SpoolJournal journal = await StartAsync(card);
        card.Remount(isReadOnly: true);
        Assert.True(Append(journal, 1));
        await Progress.WaitForAsync(journal, () => journal.Status.State == SpoolState.ReadOnly);
        Assert.Equal((0L, 1), (journal.KeptThrough(SpoolLane.Media), journal.Status.PendingRecords));

        card.Remount(isReadOnly: false);
        await Progress.WaitForAsync(journal, () => journal.KeptThrough(SpoolLane.Media) == 1);
        Assert.Equal(SpoolState.Ready, journal.Status.State);
        Assert.Equal([1u], ReadCard(card));
    }

    [Fact]
    public async Task ReadOnly_AtTheStart_IsReadAndTakesWritesLater()
    {
        using var card = new TmpfsCard(4);
        await using (SpoolJournal first = await StartAsync(card))
        {
            await KeepAsync(first, 1, 20);
        }

        card.Remount(isReadOnly: true);
        await using var journal = new SpoolJournal(card.Directory, Options);
        journal.Start();
        Assert.True(Append(journal, 21));
        var read = new List<uint>();
        await Progress.WaitForAsync(journal, () => Read(journal, read) == 20);
        Assert.Equal(SpoolState.ReadOnly, journal.Status.State);
        Assert.Equal(0, journal.KeptThrough(SpoolLane.Media));

        card.Remount(isReadOnly: false);
        await Progress.WaitForAsync(journal, () => Read(journal, read) == 21);
        Assert.Equal(Numbers(1, 21), read);
    }

    [Fact]
    public async Task Pulled_AndAnotherComes_IsMissingThenTakesWhatWaited()
    {
        using var card = new TmpfsCard(4);
        await using SpoolJournal journal = await StartAsync(card);
        await KeepAsync(journal, 1, 20);
        string volume = journal.Status.Volume;
        card.Pull();
        await Progress.WaitForAsync(journal, () => journal.Status.State == SpoolState.Missing);
        Assert.True(Append(journal, 21));
        Assert.Empty(Directory.EnumerateFileSystemEntries(card.Directory)); // nothing goes to the flash under the card

        Assert.Equal(string.Empty, card.Mount());
        await Progress.WaitForAsync(journal, () => journal.KeptThrough(SpoolLane.Media) == 21);
        Assert.Equal(1, journal.Status.CardChanges);
        Assert.NotEqual(volume, journal.Status.Volume);
        Assert.Equal([21u], ReadCard(card));
    }

    private static async Task<SpoolJournal> StartAsync(TmpfsCard card)
    {
        var journal = new SpoolJournal(card.Directory, Options);
        journal.Start();
        await Progress.WaitForAsync(journal, () => journal.Status.State == SpoolState.Ready);
        return journal;
    }

    private static bool Append(SpoolJournal journal, uint number) => journal.TryAppend(
        new SpoolMedia(2, number % 10 == 1, number, number, number), SpoolRig.Data(number, RecordBytes), out _) == SpoolAppendResult.Accepted;

    /// <summary>Appends so many and waits until they are kept.</summary>
    /// <returns>The last.</returns>
    private static async Task<uint> KeepAsync(SpoolJournal journal, uint first, uint count)
    {
        for (uint number = first; number < first + count; number++)
        {
            uint next = number;
            await Progress.WaitForAsync(journal, () => Append(journal, next));
        }

        await Progress.WaitForAsync(journal, () => journal.Status.PendingRecords == 0);
        return first + count - 1;
    }

    private static int Read(SpoolJournal journal, List<uint> found)
    {
        while (journal.Media.TryRead(out SpoolRecord record))
        {
            found.Add(SpoolRig.Check(record.Data.Span));
        }

        return found.Count;
    }

    /// <summary>The media on the card as they lie there.</summary>
    private static List<uint> ReadCard(TmpfsCard card)
    {
        var found = new List<uint>();
        var inspected = SpoolCard.Open(card.Directory);
        foreach (SpoolSegment segment in inspected.Segments(SpoolLane.Media))
        {
            using SpoolSegmentReader reader = inspected.Read(segment);
            while (reader.TryRead(out SpoolRecord record))
            {
                found.Add(SpoolRig.Check(record.Data.Span));
            }
        }

        return found;
    }

    private static IEnumerable<uint> Numbers(uint first, uint last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(static number => (uint)number);
}
