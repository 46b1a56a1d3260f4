using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests;

public sealed class SpoolBacklogTests
{
    [Fact]
    public void IsKnown_AfterTheFirstLook_AndWithItWhatTheLastRunLeft()
    {
        var store = new FakeStore();
        var first = new SpoolRig(store);
        first.Run();
        Assert.Equal(SpoolAppendResult.Accepted, first.Journal.TryAppend(new SpoolMedia(2, true, 0, 0, null), "key"u8, out _));
        first.Run(SpoolRig.Small.SyncInterval);

        var second = new SpoolRig(store);
        var backlog = new SpoolBacklog(second.Journal);
        Assert.Equal((false, false), (backlog.IsKnown, backlog.HasBacklog));
        second.Run();
        Assert.Equal((true, true), (backlog.IsKnown, backlog.HasBacklog));
    }
}
