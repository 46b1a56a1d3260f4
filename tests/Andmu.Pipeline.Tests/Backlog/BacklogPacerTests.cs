using Andmu.Pipeline.Backlog;

namespace Andmu.Pipeline.Tests.Backlog;

/// <summary>A backlog takes what the live stream leaves, and no more.</summary>
public sealed class BacklogPacerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Budget_LiveNotBehind_GrowsByAQuarterASecond()
    {
        var pacer = new BacklogPacer();
        long[] sent = [.. Enumerable.Range(0, 10).Select(second => Second(ref pacer, second, static _ => TimeSpan.Zero))];

        Assert.All(sent.Zip(sent.Skip(1)), static pair => Assert.InRange((double)pair.Second / pair.First, 1.05, 1.5));
        Assert.InRange(sent[0], 150_000, 300_000);
    }

    [Fact]
    public void Budget_LiveFallsBehind_NothingUntilItHasCaughtUpAndThenHalf()
    {
        var pacer = new BacklogPacer();
        for (int second = 0; second < 5; second++)
        {
            Second(ref pacer, second, static _ => TimeSpan.Zero);
        }

        double before = pacer.Rate;
        Assert.Equal(0, Second(ref pacer, 5, static _ => TimeSpan.FromSeconds(1)));
        Assert.Equal(0, Second(ref pacer, 6, static _ => TimeSpan.FromMilliseconds(300)));
        Assert.NotEqual(0, Second(ref pacer, 7, static _ => TimeSpan.FromMilliseconds(100)));
        Assert.InRange(pacer.Rate, before * 0.49, before * 0.63);
    }

    [Fact]
    public void Budget_LongPause_IsNotFollowedByABurst()
    {
        var pacer = new BacklogPacer();
        Second(ref pacer, 0, static _ => TimeSpan.Zero);

        long budget = pacer.Budget(TimeSpan.FromHours(1), TimeSpan.Zero);

        Assert.InRange(budget, 1, (long)(pacer.Rate * 0.21));
    }

    [Fact]
    public void Budget_PackageBeyondIt_IsPaidForLater()
    {
        var pacer = new BacklogPacer();
        pacer.Budget(TimeSpan.Zero, TimeSpan.Zero);
        pacer.Budget(Tick, TimeSpan.Zero);
        pacer.Spend(10_000_000);

        Assert.True(pacer.Budget(TimeSpan.FromSeconds(5), TimeSpan.Zero) <= 0);
    }

    /// <summary>A bottleneck that a live stream shares with the backlog: the live stream stays live, and most of what is left is used.</summary>
    [Theory]
    [InlineData(500_000, 250_000)]
    [InlineData(2_000_000, 250_000)]
    [InlineData(300_000, 250_000)]
    public void Budget_SharedBottleneck_LiveStaysLiveAndTheRestIsUsed(int capacity, int live)
    {
        var pacer = new BacklogPacer();
        double queue = 0; // bytes of both that the network has not taken
        double liveWaiting = 0;
        long backlog = 0;
        double worst = 0;
        const int Seconds = 120;
        for (int tick = 0; tick < Seconds * 20; tick++)
        {
            TimeSpan now = Tick * tick;
            double share = queue > 0 ? liveWaiting / queue : 0;
            double taken = Math.Min(queue, capacity * Tick.TotalSeconds);
            liveWaiting -= taken * share;
            queue -= taken;
            queue += live * Tick.TotalSeconds;
            liveWaiting += live * Tick.TotalSeconds;
            long budget = Math.Max(0, pacer.Budget(now, TimeSpan.FromSeconds(liveWaiting / live)));
            pacer.Spend(budget);
            queue += budget;
            backlog += budget;
            worst = Math.Max(worst, liveWaiting / live);
        }

        Assert.True(worst < 3, $"The live stream was {worst:0.0} s behind.");
        double left = (capacity - live) * (double)Seconds;
        Assert.True(backlog > left * 0.4, $"{backlog / left:P0} of what was left was used.");
    }

    private static long Second(ref BacklogPacer pacer, int second, Func<int, TimeSpan> liveBacklog)
    {
        long sent = 0;
        for (int tick = 0; tick < 20; tick++)
        {
            long budget = pacer.Budget(TimeSpan.FromSeconds(second) + (Tick * tick), liveBacklog(tick));
            if (budget > 0)
            {
                pacer.Spend(budget);
                sent += budget;
            }
        }

        return sent;
    }
}
