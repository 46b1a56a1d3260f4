using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests;

/// <summary>The backlog is read in order and again until it is confirmed; what has been confirmed goes.</summary>
public sealed class SpoolReaderTests
{
    private readonly FakeStore _store = new();
    private readonly SpoolRig _rig;

    public SpoolReaderTests()
    {
        _rig = new SpoolRig(_store);
        _rig.Run();
    }

    private SpoolReader Media => _rig.Journal.Media;

    [Fact]
    public void TryRead_FieldsAndData_AreAsTheyWereAppended()
    {
        var media = new SpoolMedia(3, true, 77, 88, 1_700_000_000_123, 2);
        var happened = new SpoolEvent(5, 1, 1_700_000_000_456);
        Assert.Equal(SpoolAppendResult.Accepted, _rig.Journal.TryAppend(media, "sets"u8, out _));
        Assert.Equal(SpoolAppendResult.Accepted, _rig.Journal.TryAppend(media with { PackageType = 2 }, "key"u8, out _));
        Assert.Equal(SpoolAppendResult.Accepted, _rig.Journal.TryAppend(new SpoolMedia(1, false, 0, 0, null), "sound"u8, out _));
        Assert.Equal(SpoolAppendResult.Accepted, _rig.Journal.TryAppend(happened, "message"u8, out _));
        _rig.Run(SpoolRig.Small.SyncInterval);

        SpoolRecord sets = Next(Media);
        Assert.Equal((media, true, "sets"), (sets.Media, sets.StartsGop, Text(sets)));
        SpoolRecord key = Next(Media);
        Assert.Equal((media with { PackageType = 2 }, false, "key"), (key.Media, key.StartsGop, Text(key)));
        SpoolRecord sound = Next(Media);
        Assert.Equal((new SpoolMedia(1, false, 0, 0, null), false, "sound"), (sound.Media, sound.StartsGop, Text(sound)));
        Assert.Equal(sets.Position.Sequence + 2, sound.Position.Sequence);
        SpoolRecord read = Next(_rig.Journal.Events);
        Assert.Equal((happened, "message", SpoolLane.Event), (read.Event, Text(read), read.Lane));
        Assert.Equal(default, read.Media);
    }

    [Fact]
    public void Ticket_SinceTheStart_IsTheOneThatAppendingGave_AlsoWhenItWasWrittenAnew()
    {
        int syncs = 0;
        _store.Inject = call => call == StoreCall.Sync && ++syncs == 3 ? StoreFault.Io : StoreFault.None;
        for (uint id = 1; id <= 30; id++)
        {
            long ticket = _rig.Media(id, startsGop: true);
            _rig.Event(id); // its tickets are others
            _rig.Run(SpoolRig.Small.ProbeInterval);
            SpoolRecord record = Next(Media);
            Assert.Equal((id, ticket), (SpoolRig.Check(record.Data.Span), record.Ticket));
        }

        Assert.True(_rig.Status.Faults > 0);
    }

    [Fact]
    public void Ticket_FromBeforeTheStartOrOfAnotherCard_IsNone()
    {
        FakeCard card = _store.Card!;
        _rig.Keep(1);
        _rig.Close();

        var second = new SpoolRig(_store, seed: 2);
        second.Run();
        second.Keep(2);
        _store.Card = new FakeCard();
        second.Run(SpoolRig.Small.ProbeInterval);
        second.Keep(3);
        _store.Card = card;
        second.Run(SpoolRig.Small.ProbeInterval);
        second.Keep(4);
        var tickets = new List<(uint Id, long Ticket)>();
        for (int i = 0; i < 3; i++)
        {
            SpoolRecord record = Next(second.Journal.Media, second);
            tickets.Add((SpoolRig.Check(record.Data.Span), record.Ticket));
        }

        Assert.Equal([(1u, 0), (2u, 0), (4u, 3)], tickets);
    }

    [Fact]
    public void TryRead_RecordsComeWhileItReads_GivesThemToo()
    {
        _rig.Keep(1);
        Assert.Equal([1u], _rig.ReadAll(Media));
        _rig.Keep(2);
        Assert.Equal([2u], _rig.ReadAll(Media));
    }

    [Fact]
    public void TryRead_NotSyncedYet_IsNotGiven()
    {
        _rig.Media(1);
        _rig.Run();
        Assert.Empty(_rig.ReadAll(Media));
    }

    [Fact]
    public void Rewind_NotConfirmed_GivesAllAgainInOrder()
    {
        Keep(1, 200);
        List<uint> first = _rig.ReadAll(Media);
        Assert.Equal(Ids(1, 200), first);
        Media.Rewind();
        Assert.Equal(first, _rig.ReadAll(Media));
    }

    [Fact]
    public void Rewind_InTheMiddle_GoesOnAfterTheLastConfirmed()
    {
        Keep(1, 100);
        SpoolPosition position = default;
        for (int i = 0; i < 30; i++)
        {
            position = Next(Media).Position;
        }

        Media.Confirm(position);
        Next(Media);
        Media.Rewind();
        Assert.Equal(Ids(31, 100), _rig.ReadAll(Media));
    }

    [Fact]
    public void Confirm_AllOfASegment_RemovesIt()
    {
        Keep(1, 100);
        var positions = new List<SpoolPosition>();
        _rig.ReadAll(Media, positions);
        int before = _rig.Status.Segments;
        Assert.True(before > 1 && Media.HasBacklog);
        Media.Confirm(positions[^1]);
        _rig.Run();
        Assert.Equal(1, _rig.Status.Segments); // the one that is being written
        Assert.Equal(before - 1, _rig.Status.DeliveredSegments);
        Assert.False(Media.HasBacklog);
    }

    [Fact]
    public void Confirm_NotAllOfASegment_LeavesIt()
    {
        Keep(1, 100);
        _rig.ReadAll(Media);
        int before = _rig.Status.Segments;
        Media.Rewind();
        Media.Confirm(Next(Media).Position);
        _rig.Run();
        Assert.Equal(before, _rig.Status.Segments);
    }

    [Fact]
    public void Confirm_ThenARestart_GoesOnThere()
    {
        Keep(1, 10);
        SpoolPosition fourth = default;
        for (int i = 0; i < 4; i++)
        {
            fourth = Next(Media).Position;
        }

        Media.Confirm(fourth);
        _rig.Run();
        _rig.Run(SpoolRig.Small.CursorInterval);
        _store.Card!.Cut(new Random(1));

        var next = new SpoolRig(_store);
        next.Run();
        Assert.True(next.Journal.Media.HasBacklog);
        Assert.Equal(Ids(5, 10), next.ReadAll(next.Journal.Media));
    }

    [Fact]
    public void Confirm_CursorTorn_TheOtherOneCounts()
    {
        Keep(1, 10);
        for (int i = 0; i < 6; i++)
        {
            Media.Confirm(Next(Media).Position);
            _rig.Run();
            _rig.Run(SpoolRig.Small.CursorInterval);
        }

        foreach (string torn in Format.Layout.CursorNames)
        {
            FakeFile whole = _store.Card!.Files[torn];
            _store.Card.Files[torn] = FakeFile.Of(whole.Shown[..1000]);
            var next = new SpoolRig(_store);
            next.Run();
            uint first = next.ReadAll(next.Journal.Media)[0];
            Assert.True(first is 6 or 7, "the newer file says 6, the older one 5");
            _store.Card.Files[torn] = whole;
        }
    }

    [Fact]
    public void NewestFirst_ReadsSegmentsFromTheNewestEachInOrder()
    {
        Keep(1, 100);
        _rig.Close();
        var next = new SpoolRig(_store, SpoolRig.Small with { ReadOrder = SpoolOrder.NewestFirst });
        next.Run();
        var positions = new List<SpoolPosition>();
        List<uint> found = next.ReadAll(next.Journal.Media, positions);
        Assert.Equal(Ids(1, 100), found.Order());
        Assert.Equal(positions.OrderByDescending(static p => p.Segment).ThenBy(static p => p.Sequence), positions);
        Assert.NotEqual(1u, found[0]);
    }

    [Fact]
    public void NewestFirst_ComesBackToTheSegmentBeingWritten_ConfirmDoesNotReachAhead()
    {
        var rig = new SpoolRig(_store, SpoolRig.Small with { ReadOrder = SpoolOrder.NewestFirst });
        Keep(1, 10);
        _rig.Close();
        rig.Run();
        rig.Keep(11);
        var positions = new List<SpoolPosition>();
        Assert.Equal([11u, .. Ids(1, 10)], rig.ReadAll(rig.Journal.Media, positions));
        rig.Keep(12);
        Assert.Equal([12u], rig.ReadAll(rig.Journal.Media));
        rig.Journal.Media.Confirm(positions[^1]);
        rig.Run();
        rig.Journal.Media.Rewind();
        Assert.Equal([12u], rig.ReadAll(rig.Journal.Media));
    }

    [Fact]
    public void TryRead_ErrorInASegment_CountsItGoesOnAndTriesAgainLater()
    {
        Keep(1, 100);
        bool isBroken = true;
        int reads = 0;
        _store.Inject = call => isBroken && call == StoreCall.Read && ++reads == 1 ? StoreFault.Io : StoreFault.None;
        List<uint> found = _rig.ReadAll(Media);
        Assert.True(found[0] > 1);
        Assert.Equal(1, _rig.Journal.Loss(SpoolLossReason.Unreadable).Count);
        isBroken = false;
        for (int i = 0; i < 13; i++)
        {
            _rig.Run(SpoolRig.Small.ProbeInterval);
        }

        Assert.Equal(Ids(1, 100), found.Concat(_rig.ReadAll(Media)).Order());
        Assert.Equal(1, _rig.Journal.Loss(SpoolLossReason.Unreadable).Count);
    }

    [Fact]
    public void TryRead_SegmentGivenUpMeanwhile_GoesOnWithTheNext()
    {
        var rig = new SpoolRig(new FakeStore(), SpoolRig.Small with { CapacityBytes = 4 * SpoolRig.Small.SegmentBytes });
        rig.Run();
        uint id = 1;
        for (; id <= 60; id++)
        {
            rig.Keep(id, 2000);
        }

        Assert.False(rig.Journal.Media.TryRead(out _));
        rig.Run();
        Assert.True(rig.Journal.Media.TryRead(out _));
        for (; id <= 400; id++)
        {
            rig.Keep(id, 2000);
        }

        List<uint> found = rig.ReadAll(rig.Journal.Media);
        Assert.Equal(found.Distinct().Order(), found);
        Assert.Equal(400u, found[^1]);
        Assert.True(rig.Journal.Loss(SpoolLossReason.Quota).Count > 0);
    }

    [Fact]
    public void TryRead_RecordLargerThanTheReadersMemory_IsLeftOutAndCounted()
    {
        var large = new SpoolRig(_store, SpoolRig.Small with { MaxRecordBytes = 32 * 1024, QueueBytes = 256 * 1024 });
        large.Run();
        large.Keep(1, 32 * 1024);
        large.Keep(2, 100);
        large.Close();
        var small = new SpoolRig(_store);
        small.Run();
        Assert.Equal([2u], small.ReadAll(small.Journal.Media));
        Assert.Equal(1, small.Journal.Loss(SpoolLossReason.TooLarge).Count);
    }

    private static IEnumerable<uint> Ids(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static id => (uint)id);

    private static string Text(SpoolRecord record) => System.Text.Encoding.UTF8.GetString(record.Data.Span);

    private void Keep(uint first, uint last)
    {
        for (uint id = first; id <= last; id++)
        {
            _rig.Keep(id, 2000);
        }
    }

    private SpoolRecord Next(SpoolReader reader) => Next(reader, _rig);

    private static SpoolRecord Next(SpoolReader reader, SpoolRig rig)
    {
        for (int tries = 0; tries < 3; tries++)
        {
            if (reader.TryRead(out SpoolRecord record))
            {
                return record;
            }

            rig.Run();
        }

        throw new InvalidOperationException("nothing to read");
    }
}
