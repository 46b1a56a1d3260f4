using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class DropLedgerTests
{
    [Fact]
    public void Enter_TwoReasons_AreAddedUpApart()
    {
        var ledger = new DropLedger();
        ledger.Enter(Drop(DropReason.Overrun, 0, new MediaTotals(10, 5, 1, 1000)));
        ledger.Enter(Drop(DropReason.Overrun, 1, new MediaTotals(1, 0, 0, 10)));
        ledger.Enter(Drop(DropReason.Malformed, 2, new MediaTotals(1, 0, 0, 7)));
        Assert.Equal(new MediaTotals(11, 5, 1, 1010), ledger[DropReason.Overrun]);
        Assert.Equal(new MediaTotals(1, 0, 0, 7), ledger[DropReason.Malformed]);
        Assert.Equal(default, ledger[DropReason.NoRoom]);
        Assert.Equal(new MediaTotals(12, 5, 1, 1017), ledger.Total);
        Assert.Equal(3, ledger.Count);
    }

    [Fact]
    public void Recent_MoreThanItKeeps_GivesTheLastOldestFirst()
    {
        var ledger = new DropLedger();
        for (int i = 0; i < 200; i++)
        {
            ledger.Enter(Drop(DropReason.NoRoom, i, new MediaTotals(1, 0, 0, 1)));
        }

        Assert.Equal(Enumerable.Range(200 - DropLedger.DetailCapacity, DropLedger.DetailCapacity), ledger.Recent().Select(d => (int)d.From.TotalSeconds));
        Assert.Equal(200, ledger.Total.VideoPackages);
    }

    private static MediaDrop Drop(DropReason reason, int second, MediaTotals lost) => new(reason, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second), lost);
}
