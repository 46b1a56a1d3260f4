using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;
using CsCheck;

namespace Andmu.Pipeline.Tests.Upload;

[Collection(Allocation.Name)]
public sealed class CatchUpPacerTests
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0.999)]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Constructor_RateThatNeverCatchesUp_Throws(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CatchUpPacer(rate, Burst));

    [Fact]
    public void Constructor_NegativeBurst_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CatchUpPacer(4, TimeSpan.FromTicks(-1)));

    [Fact]
    public void WaitBefore_NeverBegun_MayGo()
    {
        CatchUpPacer unset = default;
        var pacer = new CatchUpPacer(4, TimeSpan.Zero);
        Assert.False(unset.IsActive || pacer.IsActive);
        Assert.Null(unset.WaitBefore(0, At(0)));
        Assert.Null(pacer.WaitBefore(0, At(0)));
        Assert.Null(pacer.WaitBefore(1_000_000, At(0)));
    }

    [Fact]
    public void WaitBefore_Ended_MayGo()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.True(pacer.IsActive);
        pacer.End();
        Assert.False(pacer.IsActive);
        Assert.Null(pacer.WaitBefore(1_000_000, At(0)));
    }

    [Fact]
    public void WaitBefore_InfiniteRate_NeverWaits()
    {
        CatchUpPacer pacer = Begun(double.PositiveInfinity, TimeSpan.Zero);
        Assert.True(pacer.IsActive);
        for (long media = 0; media < 3_600_000; media += 40)
        {
            Assert.Null(pacer.WaitBefore(media, At(0)));
        }
    }

    [Fact]
    public void WaitBefore_WithinBurst_MayGoAndThenWaitsForWhatIsMissing()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        for (long media = 0; media <= 1000; media += 40)
        {
            Assert.Null(pacer.WaitBefore(media, At(0)));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(10), pacer.WaitBefore(1040, At(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(10), pacer.WaitBefore(1040, At(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(3), pacer.WaitBefore(1040, At(0.007)));
        Assert.Null(pacer.WaitBefore(1040, At(0.010)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.5, 500)]
    [InlineData(4, 1000)]
    [InlineData(4, 0)]
    [InlineData(16, 20)] // a burst shorter than a picture
    [InlineData(1000, 1000)]
    public void WaitBefore_AMinuteOfBacklog_TakesItsTimeAndNoMore(double rate, int burstMs)
    {
        CatchUpPacer pacer = Begun(rate, TimeSpan.FromMilliseconds(burstMs));
        double now = 0;
        for (long media = 0; media <= 60_000; media += 40)
        {
            while (pacer.WaitBefore(media, At(now)) is { } wait)
            {
                now += wait.TotalSeconds;
            }

            // Never beyond the line, but for one picture that the bucket could not hold.
            Assert.True(media <= burstMs + (rate * now * 1000) + 40.001, $"{media} ms sent at {now} s.");
        }

        double least = (60_000 - burstMs) / rate / 1000;
        Assert.InRange(now, least - 0.041, least + (1500 * 0.001)); // a wait is rounded up to a millisecond: at most one a picture
    }

    [Fact]
    public void WaitBefore_SlowNetworkForLong_SurplusIsNoMoreThanTheBurst()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.Null(pacer.WaitBefore(0, At(0)));
        Assert.Null(pacer.WaitBefore(40, At(60))); // 240 s of media could have gone
        long media = 80;
        while (pacer.WaitBefore(media, At(60)) is null)
        {
            media += 40;
        }

        Assert.Equal(1040, media); // a burst has gone: 40 to 1000
    }

    [Fact]
    public void WaitBefore_SoundALittleBehindThePicture_IsNotChargedTwice()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        for (long media = 0; media <= 1000; media += 40)
        {
            Assert.Null(pacer.WaitBefore(media, At(0)));
            Assert.Null(pacer.WaitBefore(media - 30, At(0)));
        }

        Assert.NotNull(pacer.WaitBefore(1040, At(0)));
    }

    [Fact]
    public void WaitBefore_MediaTimeFarBack_IsPacedFromThere()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.Null(pacer.WaitBefore(1000, At(0)));
        Assert.Null(pacer.WaitBefore(-500_000, At(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(10), pacer.WaitBefore(-499_960, At(0)));
    }

    [Fact]
    public void WaitBefore_HoleOfAnHour_WaitsForABucketAtMost()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.Null(pacer.WaitBefore(1000, At(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(250), pacer.WaitBefore(3_601_000, At(0)));
        Assert.Null(pacer.WaitBefore(3_601_000, At(0.25)));
    }

    [Fact]
    public void WaitBefore_TimeGoesBack_NeitherGivesNorTakes()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.Null(pacer.WaitBefore(1000, At(0)));
        Assert.Equal(TimeSpan.FromMilliseconds(10), pacer.WaitBefore(1040, At(-3600)));
        Assert.Null(pacer.WaitBefore(1040, At(-3600 + 0.010)));
    }

    [Fact]
    public void Begin_Again_StartsWithAFullBucketFromThere()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        Assert.Null(pacer.WaitBefore(1000, At(0)));
        pacer.Begin(-30_000, At(0));
        Assert.Null(pacer.WaitBefore(-29_000, At(0)));
        Assert.NotNull(pacer.WaitBefore(-28_960, At(0)));
    }

    [Fact]
    public void WaitBefore_Anything_IsNullOrAPositiveWaitOfNoMoreThanABucket() =>
        Gen.Select(Gen.Double[1, 1e300], Gen.Long[0, 10_000_000], Gen.Select(Gen.Long, Gen.Long).Array[1, 50]).Sample((rate, burstMs, calls) =>
        {
            var pacer = new CatchUpPacer(rate, TimeSpan.FromMilliseconds(burstMs));
            pacer.Begin(calls[0].Item1, new TimeSpan(calls[0].Item2));
            foreach ((long media, long now) in calls)
            {
                TimeSpan? wait = pacer.WaitBefore(media, new TimeSpan(now));
                Assert.True(wait is null || (wait >= TimeSpan.FromMilliseconds(1) && wait.Value.TotalMilliseconds <= ((burstMs + 1000) / rate) + 1));
            }
        });

    [Fact]
    public void WaitBefore_WhoeverWaitedAsTold_MayGo() =>
        Gen.Select(Gen.Double[1, 20], Gen.Int[0, 3000], Gen.Int[-100, 2000].Array[1, 200]).Sample((rate, burstMs, steps) =>
        {
            var pacer = new CatchUpPacer(rate, TimeSpan.FromMilliseconds(burstMs));
            pacer.Begin(0, TimeSpan.Zero);
            long media = 0;
            TimeSpan now = TimeSpan.Zero;
            foreach (int step in steps)
            {
                media += step;
                if (pacer.WaitBefore(media, now) is { } wait)
                {
                    now += wait;
                    Assert.Null(pacer.WaitBefore(media, now));
                }
            }
        });

    [Fact]
    public void WaitBefore_Always_AllocatesNothing()
    {
        CatchUpPacer pacer = Begun(4, Burst);
        long waits = 0;
        Assert.Equal(0, Allocation.Of(10_000, i => waits += pacer.WaitBefore(40 * i, At(0.005 * i)) is null ? 0 : 1));
        Assert.True(waits > 0);
    }

    private static CatchUpPacer Begun(double rate, TimeSpan burst)
    {
        var pacer = new CatchUpPacer(rate, burst);
        pacer.Begin(0, At(0));
        return pacer;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
