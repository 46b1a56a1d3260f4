using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Writing;

namespace Andmu.Pipeline.Spool.Tests.Writing;

public sealed class CommitRuleTests
{
    private static readonly CommitRule Media = new(TimeSpan.FromSeconds(2), int.MaxValue);
    private static readonly CommitRule Events = new(TimeSpan.Zero, 1);
    private static readonly RingView Ten = new(Count: 10, Bytes: 1000, Capacity: 100_000, MaxCount: 1000, BeforeNewestGop: 0, OldestAt: 0);

    [Fact]
    public void Due_Media_WaitForTheirGop() => Assert.Equal(0, Media.Due(Ten, TimeSpan.FromSeconds(1.9), isClosing: false));

    [Fact]
    public void Due_NextGopHasBegun_TheOneBefore() =>
        Assert.Equal(7, Media.Due(Ten with { BeforeNewestGop = 7 }, TimeSpan.Zero, isClosing: false));

    [Fact]
    public void Due_TwoSeconds_All() =>
        Assert.Equal(10, Media.Due(Ten with { BeforeNewestGop = 7 }, TimeSpan.FromSeconds(2), isClosing: false));

    [Fact]
    public void Due_QueueFillsUp_All()
    {
        Assert.Equal(10, Media.Due(Ten with { Bytes = 25_000 }, TimeSpan.Zero, isClosing: false));
        Assert.Equal(250, Media.Due(Ten with { Count = 250 }, TimeSpan.Zero, isClosing: false));
    }

    [Fact]
    public void Due_Closing_All() => Assert.Equal(10, Media.Due(Ten, TimeSpan.Zero, isClosing: true));

    [Fact]
    public void Due_Events_OneAtOnce() => Assert.Equal(1, Events.Due(Ten, TimeSpan.Zero, isClosing: false));

    [Fact]
    public void IsUrgent_WhatChangesWhenToWrite_Alone()
    {
        Assert.False(Media.IsUrgent(Ten, 100));
        Assert.True(Media.IsUrgent(Ten with { Count = 1 }, 100));
        Assert.True(Media.IsUrgent(Ten with { BeforeNewestGop = 9 }, 100));
        Assert.True(Media.IsUrgent(Ten with { Bytes = 25_050 }, 100));
        Assert.False(Media.IsUrgent(Ten with { Bytes = 25_150 }, 100));
        Assert.True(Events.IsUrgent(Ten, 100));
    }
}
