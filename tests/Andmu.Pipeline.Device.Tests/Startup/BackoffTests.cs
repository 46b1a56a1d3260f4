using Andmu.Pipeline.Device.Startup;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Startup;

public sealed class BackoffTests
{
    [Fact]
    public void Next_AgainAndAgain_DoublesItsCeilingUpTo32Seconds()
    {
        var backoff = new Backoff(new HalfRandom());

        double[] waits = [.. Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds)];

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 16, 16], waits);
    }

    [Fact]
    public void Next_AfterReset_StartsSmallAgain()
    {
        var backoff = new Backoff(new HalfRandom());
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(0.5, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Next_ManyDevices_SpreadOverTheWholePause()
    {
        double[] first = [.. Enumerable.Range(0, 1000).Select(static seed => new Backoff(new Random(seed)).Next().TotalSeconds)];

        Assert.All(first, static wait => Assert.InRange(wait, 0, 1));
        Assert.InRange(first.Average(), 0.45, 0.55);
    }
}
