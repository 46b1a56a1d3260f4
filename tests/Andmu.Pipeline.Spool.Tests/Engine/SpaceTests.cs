using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>Quota, free space and full cards: whole segments go, the oldest media first, events last, all counted.</summary>
public sealed class SpaceTests
{
    private const int SegmentBytes = 64 * 1024;
    private const int RecordBytes = 8000;

    [Fact]
    public void Quota_Exceeded_OldestMediaGo()
    {
        var rig = new SpoolRig(new FakeStore(), SpoolRig.Small with { CapacityBytes = 5 * SegmentBytes });
        rig.Run();
        rig.Event(1000);
        for (uint id = 1; id <= 100; id++)
        {
            rig.Keep(id, RecordBytes);
            Assert.True(rig.Status.UsedBytes <= 5 * SegmentBytes);
        }

        SpoolLoss loss = rig.Journal.Loss(SpoolLossReason.Quota);
        Assert.True(loss.Count > 5 && loss.Bytes > loss.Count * SegmentBytes / 2);
        List<uint> media = rig.ReadAll(rig.Journal.Media);
        Assert.Equal(Enumerable.Range((int)media[0], media.Count).Select(static id => (uint)id), media);
        Assert.Equal(100u, media[^1]);
        Assert.Equal([1000u], rig.ReadAll(rig.Journal.Events));
    }

    [Fact]
    public void Quota_NoMediaLeft_OldestEventsGoLast()
    {
        var rig = new SpoolRig(new FakeStore(), SpoolRig.Small with { CapacityBytes = 4 * SegmentBytes });
        rig.Run();
        rig.Keep(1, RecordBytes);
        rig.Keep(2, RecordBytes);
        for (uint id = 1; id <= 200; id++)
        {
            rig.Event(id);
            rig.Run();
        }

        List<uint> events = rig.ReadAll(rig.Journal.Events);
        Assert.Equal(200u, events[^1]);
        Assert.True(events[0] > 1);
        Assert.Empty(rig.ReadAll(rig.Journal.Media));
    }

    [Fact]
    public void FreeSpace_BelowTheFloor_OldestGoes()
    {
        var store = new FakeStore { Card = new FakeCard(20 * SegmentBytes) };
        var rig = new SpoolRig(store, SpoolRig.Small with { FreeSpaceFloorBytes = 8 * SegmentBytes });
        rig.Run();
        for (uint id = 1; id <= 150; id++)
        {
            rig.Keep(id, RecordBytes);
            Assert.True(store.Card.Free >= 8 * SegmentBytes);
        }

        Assert.True(rig.Journal.Loss(SpoolLossReason.FreeSpace).Count > 0);
    }

    [Fact]
    public void FreeSpace_TakenByOthers_GivesUpAllThenIsFullThenComesBack()
    {
        var store = new FakeStore { Card = new FakeCard(20 * SegmentBytes) };
        var rig = new SpoolRig(store, SpoolRig.Small with { FreeSpaceFloorBytes = 8 * SegmentBytes });
        rig.Run();
        for (uint id = 1; id <= 40; id++)
        {
            rig.Keep(id, RecordBytes);
        }

        store.Card.Foreign = 20 * SegmentBytes;
        rig.Run(SpoolRig.Small.ProbeInterval);
        rig.Event(1);
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Full, rig.Status.State);
        Assert.Equal(1, rig.Status.PendingRecords);

        store.Card.Foreign = 0;
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Ready, rig.Status.State);
        Assert.Equal([1u], rig.ReadAll(rig.Journal.Events));
    }

    [Fact]
    public void CardFull_EvictsAndGoesOn()
    {
        var store = new FakeStore { Card = new FakeCard(10 * SegmentBytes) };
        var rig = new SpoolRig(store);
        rig.Run();
        for (uint id = 1; id <= 150; id++)
        {
            rig.Keep(id, RecordBytes);
        }

        Assert.Equal(150u, rig.ReadAll(rig.Journal.Media)[^1]);
    }

    [Fact]
    public void CardSaysFullButHasRoom_NothingIsGivenUp()
    {
        var store = new FakeStore();
        var rig = new SpoolRig(store);
        rig.Run();
        for (uint id = 1; id <= 60; id++)
        {
            rig.Keep(id, RecordBytes);
        }

        store.Inject = static call => call is StoreCall.Write or StoreCall.Create ? StoreFault.NoSpace : StoreFault.None;
        rig.Media(61, startsGop: true);
        for (int i = 0; i < 50; i++)
        {
            rig.Run(SpoolRig.Small.ProbeInterval);
        }

        Assert.Equal(SpoolState.Full, rig.Status.State);
        Assert.Equal(0, rig.Journal.Loss(SpoolLossReason.CardFull).Count);
        store.Inject = null;
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(61, rig.Status.KeptRecords);
    }

    [Fact]
    public void Full_BacklogIsDelivered_ComesBackAtOnce()
    {
        var store = new FakeStore { Card = new FakeCard(20 * SegmentBytes) };
        var rig = new SpoolRig(store);
        rig.Run();
        rig.Keep(1, RecordBytes);
        rig.Close();

        store.Card.Foreign = store.Card.Free - 8192;
        var next = new SpoolRig(store, SpoolRig.Small with { FreeSpaceFloorBytes = 12_000 });
        next.Run();
        var positions = new List<SpoolPosition>();
        Assert.Equal([1u], next.ReadAll(next.Journal.Media, positions));
        next.Journal.Media.Confirm(positions[0]);
        next.Run();
        Assert.Equal(1, next.Status.DeliveredSegments);
        Assert.Equal(0, next.Journal.Loss(SpoolLossReason.FreeSpace).Count);
    }
}
