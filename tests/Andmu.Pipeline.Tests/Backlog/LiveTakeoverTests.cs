using Andmu.Pipeline.Backlog;

namespace Andmu.Pipeline.Tests.Backlog;

public sealed class LiveTakeoverTests
{
    private const int Gop = 10; // positions 0, 10, 20, ... are starts; the package at position n has ticket n + 1

    private readonly LiveTakeover _takeover = new();
    private int _settled;

    public LiveTakeoverTests() => _takeover.Settled += () => _settled++;

    [Fact]
    public void Live_SendsAllThatTheStoreHasFromAStartOn_TakesItOverOnceItHasArrived()
    {
        Offer(0, 35, kept: 25);

        _takeover.OnOnline();
        Send(20, 35);
        Assert.True(_takeover.IsPending);
        Assert.True(_takeover.NeedsProof);
        _takeover.OnArrived(34);
        Assert.True(_takeover.IsPending);
        _takeover.OnArrived(35);

        Assert.False(_takeover.IsPending);
        Assert.Equal(1, _settled);
        Assert.Equal(Enumerable.Range(21, 15), Enumerable.Range(0, 100).Where(ticket => _takeover.Has(ticket)));
    }

    [Fact]
    public void Live_GoesOnBehindIt_OnlyTheStretchIsTakenOver()
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Send(20, 80);
        _takeover.OnArrived(70);

        Assert.True(_takeover.Has(35));
        Assert.False(_takeover.Has(36));
    }

    [Theory]
    [InlineData(0)] // with all that is safe still on its way
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(19)]
    [InlineData(20)]
    public void Live_BeginsWithTheStartOfWhatIsNotSafe_WhereverThatEnds(int kept)
    {
        Offer(0, 35, kept);
        int start = kept / Gop * Gop;

        _takeover.OnOnline();
        Send(start, 35);
        _takeover.OnArrived(35);

        Assert.False(_takeover.Has(start));
        Assert.True(_takeover.Has(start + 1));
        Assert.True(_takeover.Has(35));
    }

    [Fact]
    public void Live_LeavesAPackageOut_NothingIsTakenOver()
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Send(20, 25);
        Send(26, 35);
        _takeover.OnArrived(35);

        AssertNothing();
    }

    [Fact]
    public void Live_BeginsWithWhatIsSafeAlready_SaysSoOnce()
    {
        Offer(0, 35, kept: 35); // all of it is: the live stream begins with its last GOP all the same

        _takeover.OnOnline();

        Assert.Equal([30], Enumerable.Range(30, 10).Where(position => _takeover.OnSending(position, isRecorded: true)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    public void Live_GoesToAViewerAloneForAPackage_NothingIsTakenOver(int unrecorded)
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        for (int position = 20; position < 35; position++)
        {
            _takeover.OnSending(position, isRecorded: position != unrecorded);
        }

        _takeover.OnArrived(35);

        AssertNothing();
    }

    [Theory]
    [InlineData(40)] // behind all of it
    [InlineData(22)] // in the middle of a GOP: never, but it must harm nobody
    [InlineData(0)]  // before what may have to be sent again
    public void Live_BeginsElsewhere_NothingIsTakenOver(int position)
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Send(position, position + 50);
        _takeover.OnArrived(100);

        AssertNothing();
    }

    [Fact]
    public void Live_HasNothingToSend_TheBacklogNeedNotWait()
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Assert.True(_takeover.IsPending);

        _takeover.OnNothingDue();

        AssertNothing();
    }

    [Fact]
    public void Live_HasNothingMoreInTheMiddleOfIt_NothingIsTakenOver()
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Send(20, 30);

        _takeover.OnNothingDue();
        Send(30, 35);
        _takeover.OnArrived(35);

        AssertNothing();
    }

    [Fact]
    public void Live_BreaksBeforeItHasArrived_NothingIsTakenOver()
    {
        Offer(0, 35, kept: 25);
        _takeover.OnOnline();
        Send(20, 35);

        _takeover.OnOffline();
        _takeover.OnArrived(35);
        _takeover.OnOnline();
        _takeover.OnNothingDue();

        AssertNothing();
    }

    [Fact]
    public void Store_WasOfferedSomethingTwice_WhatWasOfferedFirstIsNotTakenFor()
    {
        Offer(0, 35, kept: 0);
        _takeover.OnRewound();
        for (int position = 15; position < 20; position++)
        {
            _takeover.OnOffered(position, position + 100, position % Gop == 0, 0);
        }

        _takeover.OnOnline();
        Send(10, 20);
        _takeover.OnArrived(20);

        AssertNothing(); // the start at 10 was offered before: between its ticket and the last lies more than the live stream has sent
    }

    [Theory]
    [InlineData(true)] // from the first connection on, too
    [InlineData(false)]
    public void Store_WasOfferedNothing_TheBacklogWaitsForTheFirstPackageOfTheLiveStream(bool isFirst)
    {
        if (!isFirst)
        {
            _takeover.OnOffline();
        }

        _takeover.OnOnline();
        Assert.True(_takeover.IsPending);
        _takeover.OnSending(0, isRecorded: true);

        AssertNothing();
    }

    [Fact]
    public void Outages_More_EachHasItsStretch_AndTheOldestAreForgotten()
    {
        for (int i = 0; i < 100; i++)
        {
            Offer(i * 100, (i * 100) + 35, kept: (i * 100) + 25);
            _takeover.OnOnline();
            Send((i * 100) + 20, (i * 100) + 40);
            _takeover.OnArrived((i * 100) + 40);
        }

        Assert.Equal(Enumerable.Range(36, 64), Enumerable.Range(0, 100).Where(i => _takeover.Has((i * 100) + 30)));
    }

    private void Offer(int from, int end, int kept)
    {
        _takeover.OnOffline();
        for (int position = from; position < end; position++)
        {
            _takeover.OnOffered(position, position + 1, position % Gop == 0, Math.Min(kept, position));
        }
    }

    private void Send(int from, int end)
    {
        for (int position = from; position < end; position++)
        {
            _takeover.OnSending(position, isRecorded: true);
        }
    }

    private void AssertNothing()
    {
        Assert.False(_takeover.IsPending);
        Assert.Equal(1, _settled);
        Assert.DoesNotContain(Enumerable.Range(0, 300), ticket => _takeover.Has(ticket));
    }
}
