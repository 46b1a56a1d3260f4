using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class DropLedgerTests
{
    [Fact]
    public void Enter_TwoReasons_AreAddedUpApart()
    {
        var ledger = new DropLedger();
        ledger.Enter(Drop(DropReason.Overrun, 0, new MediaTotals(10, 5, 1, 1000)));
        ledger.Enter(Drop(DropReason.Overrun, 10, new MediaTotals(1, 0, 0, 10)));
        ledger.Enter(Drop(DropReason.Malformed, 10, new MediaTotals(1, 0, 0, 7)));
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
            ledger.Enter(Drop(DropReason.NoRoom, 10 * i, new MediaTotals(1, 0, 0, 1)));
        }

        Assert.Equal(Enumerable.Range(200 - DropLedger.DetailCapacity, DropLedger.DetailCapacity), ledger.Recent().Select(d => (int)d.From.TotalSeconds / 10));
        Assert.Equal(200, ledger.Total.VideoPackages);
    }

    [Fact]
    public void Enter_ForOneReasonWithinASecond_IsOneLoss()
    {
        var ledger = new DropLedger();
        ledger.Enter(Drop(DropReason.NoRoom, 5, new MediaTotals(1, 0, 1, 100)));
        ledger.Enter(Drop(DropReason.NoRoom, 6, new MediaTotals(2, 0, 0, 10)));
        ledger.Enter(Drop(DropReason.Malformed, 6, new MediaTotals(1, 0, 0, 1)));
        ledger.Enter(Drop(DropReason.Malformed, 3, new MediaTotals(1, 0, 0, 1))); // the media clock went back: another stretch
        ledger.Enter(Drop(DropReason.Malformed, 5, new MediaTotals(1, 0, 0, 1)));
        Assert.Equal(
            [
                new MediaDrop(DropReason.NoRoom, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6), new MediaTotals(3, 0, 1, 110)),
                Drop(DropReason.Malformed, 6, new MediaTotals(1, 0, 0, 1)),
                Drop(DropReason.Malformed, 3, new MediaTotals(1, 0, 0, 1)),
                Drop(DropReason.Malformed, 5, new MediaTotals(1, 0, 0, 1)),
            ],
            ledger.Recent());
        Assert.Equal(4, ledger.Count);
        Assert.Equal(6, ledger.Total.VideoPackages);
    }

    private static MediaDrop Drop(DropReason reason, int second, MediaTotals lost) => new(reason, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second), lost);
}
