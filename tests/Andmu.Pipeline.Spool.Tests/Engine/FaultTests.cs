using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>Each call of the card fails once, at each place: no hang, nothing falsely kept, and it comes back.</summary>
public sealed class FaultTests
{
    private const int Records = 40;

    [Theory]
    [InlineData(nameof(StoreFault.Io))]
    [InlineData(nameof(StoreFault.NoSpace))]
    [InlineData(nameof(StoreFault.ReadOnly))]
    [InlineData(nameof(StoreFault.Gone))]
    public void AnyCall_FailsOnce_AllIsKeptInTheEnd(string fault) => FailEach(Enum.Parse<StoreFault>(fault), times: 1);

    [Theory]
    [InlineData(nameof(StoreFault.Io))]
    [InlineData(nameof(StoreFault.ReadOnly))]
    [InlineData(nameof(StoreFault.Gone))]
    public void AnyCall_FailsForAWhile_AllIsKeptInTheEnd(string fault) => FailEach(Enum.Parse<StoreFault>(fault), times: 25);

    [Theory]
    [InlineData(nameof(StoreCall.Sync))]
    [InlineData(nameof(StoreCall.SyncDirectory))]
    [InlineData(nameof(StoreCall.Write))]
    [InlineData(nameof(StoreCall.Create))]
    public void Call_AlwaysFails_NothingIsKeptAndItIsSaid(string failing)
    {
        StoreCall call = Enum.Parse<StoreCall>(failing);
        var store = new FakeStore();
        var rig = new SpoolRig(store);
        rig.Run();
        store.Inject = asked => asked == call ? StoreFault.Io : StoreFault.None;
        Fill(rig);
        for (int i = 0; i < 20; i++)
        {
            rig.Run(SpoolRig.Small.ProbeInterval);
        }

        Assert.Equal(0, rig.Status.KeptRecords);
        Assert.Equal(SpoolState.Failing, rig.Status.State);
        Assert.True(store.Calls < 5000, "it hammers at a broken card");

        store.Inject = null;
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(Records * 2, rig.Status.KeptRecords);
        Assert.Equal(SpoolState.Ready, rig.Status.State);
    }

    [Fact]
    public void Sync_FailsOnce_RecordsAreWrittenAnewIntoANewSegment()
    {
        var store = new FakeStore();
        var rig = new SpoolRig(store);
        rig.Run();
        rig.Keep(1);
        int syncs = 0;
        store.Inject = call => call == StoreCall.Sync && ++syncs == 1 ? StoreFault.Io : StoreFault.None;
        rig.Keep(2);
        Assert.Equal(2, store.Card!.Files.Keys.Count(static name => name.EndsWith(".MED", StringComparison.Ordinal)));
        store.Card.Cut(new Random(3));

        var next = new SpoolRig(store);
        next.Run();
        Assert.Equal([1u, 2u], next.ReadAll(next.Journal.Media));
    }

    [Fact]
    public void Sync_FailsUntilTheCardIsMountedAnew_RecordsAreReadOnce()
    {
        var store = new FakeStore();
        var rig = new SpoolRig(store);
        rig.Run();
        rig.Keep(1);
        store.Inject = static call => call == StoreCall.Sync ? StoreFault.Io : StoreFault.None;
        rig.Media(2, startsGop: true);
        rig.Run(SpoolRig.Small.SyncInterval);
        Assert.Equal(SpoolState.Failing, rig.Status.State);
        store.Inject = null;
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal([1u, 2u], rig.ReadAll(rig.Journal.Media));
    }

    private static void FailEach(StoreFault fault, int times)
    {
        for (int at = 1; ; at++)
        {
            var store = new FakeStore(at);
            var rig = new SpoolRig(store);
            int calls = 0;
            store.Inject = _ => ++calls >= at && calls < at + times ? fault : StoreFault.None;
            rig.Run();
            Fill(rig);
            for (int i = 0; i < 40 && rig.Status.PendingRecords > 0; i++)
            {
                rig.Run(SpoolRig.Small.ProbeInterval);
            }

            Assert.Equal(Records * 2, rig.Status.KeptRecords);
            Assert.Equal(SpoolState.Ready, rig.Status.State);
            CheckAllAreThere(store, rig.Journal.Loss(SpoolLossReason.CardFull).Count > 0);
            if (calls < at)
            {
                return; // each call has failed once
            }
        }
    }

    private static void Fill(SpoolRig rig)
    {
        for (uint id = 1; id <= Records; id++)
        {
            rig.Media(id, 1500, startsGop: id % 5 == 0);
            rig.Event(id);
            rig.Run();
        }
    }

    private static void CheckAllAreThere(FakeStore store, bool hasEvicted)
    {
        store.Inject = null;
        store.Card!.Cut(new Random(5));
        var next = new SpoolRig(store);
        next.Run();
        List<uint> media = next.ReadAll(next.Journal.Media);
        Assert.Equal(media.Distinct().Order(), media);
        Assert.True(hasEvicted || media.Count == Records);
        Assert.Equal(Enumerable.Range(1, Records).Select(static id => (uint)id), next.ReadAll(next.Journal.Events));
    }
}
