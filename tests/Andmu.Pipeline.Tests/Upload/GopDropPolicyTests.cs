using Andmu.Pipeline.Tests.Advice;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;
using CsCheck;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>The policy by itself: 6 s high, 2 s low, a window of 3 s; then on a simulated link.</summary>
[Collection(Allocation.Name)]
public sealed class GopDropPolicyTests
{
    [Fact]
    public void ShouldGiveUp_AtHigh_IsNotWatched() => Assert.False(Fed((0, 6), (1, 6), (2, 6), (3, 6), (4, 6), (10, 6)));

    [Fact]
    public void ShouldGiveUp_AboveHighForAWindow_GivesUp()
    {
        Assert.False(Fed((0, 6.001), (1, 6.5), (2, 7), (2.999, 7.5)));
        Assert.True(Fed((0, 6.001), (1, 6.5), (2, 7), (3, 7.5)));
    }

    [Fact]
    public void ShouldGiveUp_HangsAboutItsLow_IsGivenASecondWindow()
    {
        Assert.False(Fed((0, 7), (2, 7.499), (4, 7.499), (5.999, 7.499)));
        Assert.True(Fed((0, 7), (2, 7), (4, 7), (6, 7)));
        Assert.True(Fed((0, 7), (2, 7.499), (3, 7.5)));
    }

    [Fact]
    public void ShouldGiveUp_NewLow_StartsTheWindowAnew()
    {
        Assert.False(Fed((0, 7), (2, 6.999), (4.999, 7.6)));
        Assert.True(Fed((0, 7), (2, 6.999), (5, 7.6)));
    }

    [Fact]
    public void ShouldGiveUp_FallenToHigh_WaitsForItToRise()
    {
        Assert.False(Fed((0, 7), (1, 6), (2, 6), (3, 6), (4, 6), (5, 6)));
        Assert.True(Fed((0, 7), (1, 6), (2, 6), (3, 6), (4, 6.5)));
    }

    [Fact]
    public void ShouldGiveUp_FallenBelowLow_IsWatchedAfreshWhenItRises()
    {
        Assert.False(Fed((0, 7), (1, 4), (2, 1.999), (3, 4), (4, 5), (5, 6), (6, 6.5), (7, 7)));
        Assert.True(Fed((0, 7), (1, 4), (2, 1.999), (3, 4), (4, 5), (5, 6), (6, 6.5), (7, 7), (8, 7), (9, 7.1)));
    }

    [Fact]
    public void ShouldGiveUp_FallenToLowOnly_IsStillWatched() => Assert.True(Fed((0, 7), (1, 4), (2, 2), (3, 3), (4, 5), (5, 6.5)));

    [Fact]
    public void ShouldGiveUp_AfterAJump_IsJudgedAfresh()
    {
        GopDropPolicy policy = Policy();
        Assert.True(Feed(ref policy, (0, 7), (1, 7), (2, 7), (3, 7.5)));
        Assert.True(Feed(ref policy, (3.01, 7.5))); // not obeyed: the answer stands
        policy.OnJump(At(3.02));
        Assert.False(Feed(ref policy, (3.03, 7), (4, 7.1), (5, 7.2), (6, 7.5)));
        Assert.True(Feed(ref policy, (6.03, 7.5)));
    }

    [Fact]
    public void ShouldGiveUp_SilenceWhileWatched_IsJudgedByWhatComesAfter()
    {
        Assert.False(Fed((0, 7), (10, 17), (11, 14), (12, 11), (13, 8)));
        Assert.False(Fed((0, 7), (10, 17), (12.999, 18)));
        Assert.True(Fed((0, 7), (10, 17), (11.5, 17), (13, 17.5)));
    }

    [Fact]
    public void ShouldGiveUp_SilenceOfExactlyTheWindow_IsNone() => Assert.True(Fed((0, 7), (3, 8)));

    [Fact]
    public void ShouldGiveUp_ThirdSilenceWithoutProgress_GivesUp()
    {
        Assert.False(Fed((0, 7), (4, 9), (8, 11)));
        Assert.True(Fed((0, 7), (4, 9), (8, 11), (12, 13)));
    }

    [Fact]
    public void ShouldGiveUp_ThirdSilenceAfterABatchThatLookedLikeProgress_GivesUp() =>
        Assert.True(Fed((0, 7), (4, 9), (4.01, 8), (8, 11), (8.01, 10), (12, 13)));

    [Fact]
    public void ShouldGiveUp_ProgressBetweenSilences_GrantsThemAnew() =>
        Assert.False(Fed((0, 7), (4, 9), (8, 11), (9, 6.999), (13, 9), (17, 11), (18, 10)));

    [Fact]
    public void ShouldGiveUp_TimeGoesBack_CountsAsASilence()
    {
        Assert.False(Fed((100, 7), (50, 8), (52, 8)));
        Assert.True(Fed((100, 7), (50, 8), (51.5, 8), (53, 9)));
        Assert.True(Fed((100, 7), (50, 8), (20, 8), (10, 8)));
    }

    [Theory]
    [InlineData(6, 0.4, 3)]
    [InlineData(2, 2, 3)]
    [InlineData(1, 2, 3)]
    [InlineData(6, 2, 0.4)]
    [InlineData(-6, -7, 3)]
    public void Constructor_OptionsOutOfRange_Throws(double high, double low, double window) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new GopDropPolicy(new CongestionOptions { HighBacklog = At(high), LowBacklog = At(low), TrendWindow = At(window) }));

    [Fact]
    public void ShouldGiveUp_Anything_OnlyAboveHigh() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Int[-1_000, 20_000]).Array[1, 100].Sample(calls =>
        {
            GopDropPolicy policy = Policy();
            TimeSpan now = TimeSpan.Zero;
            foreach ((int gap, int backlog) in calls)
            {
                now += TimeSpan.FromMilliseconds(gap);
                if (policy.ShouldGiveUp(now, TimeSpan.FromMilliseconds(backlog)))
                {
                    Assert.True(backlog > 6_000);
                }
            }
        });

    /// <summary>Whatever the loop's rhythm: what only grows is given up within three silences.</summary>
    [Fact]
    public void ShouldGiveUp_GrowsAndGrows_GivesUpWhateverTheRhythm() =>
        Gen.Int[1, 10_000].Array[40].Sample(gaps =>
        {
            GopDropPolicy policy = Policy();
            TimeSpan now = TimeSpan.Zero;
            TimeSpan backlog = TimeSpan.FromSeconds(6.1);
            int calls = 0;
            while (!policy.ShouldGiveUp(now, backlog))
            {
                TimeSpan gap = TimeSpan.FromMilliseconds(gaps[calls++ % gaps.Length]);
                now += gap;
                backlog += gap / 2;
                Assert.True(now < TimeSpan.FromSeconds(3 * (3 + 10) + 10));
            }
        });

    [Fact]
    public void ShouldGiveUp_Always_AllocatesNothing()
    {
        GopDropPolicy policy = Policy();
        int given = 0;
        Assert.Equal(0, Allocation.Of(10_000, i => given += policy.ShouldGiveUp(At(0.01 * i), At(i % 1000 * 0.01)) ? 1 : 0));
        Assert.True(given > 0);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.5, 5)]
    [InlineData(0.9, 2)]
    [InlineData(0.95, 4)]
    public void OnALink_SlowerThanTheEncoder_BacklogIsBounded(double rate, double gopSeconds)
    {
        SimulatedUplink uplink = Obedient(_ => rate * 2_000_000, gopSeconds);
        TimeSpan longest = TimeSpan.Zero;
        uplink.Ticked = u => longest = u.Backlog > longest ? u.Backlog : longest;
        uplink.Run(TimeSpan.FromMinutes(10));
        TestContext.Current.TestOutputHelper?.WriteLine($"rate {rate}, GOP {gopSeconds} s: longest backlog {longest.TotalSeconds:0.00} s, {uplink.Jumps} jumps");
        Assert.True(uplink.Jumps > 0);
        Assert.True(longest < At(6 + (3 * (1 - rate)) + gopSeconds + 0.5), $"{longest} with {uplink.Jumps} jumps.");
    }

    [Fact]
    public void OnALink_ThrottledToHalfForAMinute_GivesUpAndRecovers()
    {
        SimulatedUplink uplink = Obedient(t => t is >= 60 and < 120 ? 1_000_000 : 8_000_000, 2);
        uplink.Run(TimeSpan.FromSeconds(60));
        Assert.Equal(0, uplink.Jumps);
        uplink.Run(TimeSpan.FromSeconds(60));
        int during = uplink.Jumps;
        Assert.InRange(during, 2, 8);
        uplink.Run(TimeSpan.FromSeconds(60));
        Assert.Equal(during, uplink.Jumps);
        Assert.True(uplink.Backlog < At(0.5));
    }

    [Theory]
    [InlineData(1.05, 2)]
    [InlineData(1.05, 4)]
    [InlineData(1.1, 1)]
    [InlineData(1.2, 4)]
    [InlineData(4, 2)]
    public void OnALink_OutageOfThirtySecondsThenFaster_GivesUpNothing(double rate, double gopSeconds)
    {
        SimulatedUplink uplink = Obedient(_ => rate * 2_000_000, gopSeconds);
        uplink.Run(TimeSpan.FromSeconds(20));
        uplink.Disconnect();
        uplink.Run(TimeSpan.FromSeconds(30));
        uplink.Reconnect();
        uplink.Run(TimeSpan.FromSeconds((30 / (rate - 1)) + 60));
        Assert.Equal(0, uplink.Jumps);
        Assert.True(uplink.Backlog < At(2), $"{uplink.Backlog}");
    }

    [Fact]
    public void OnALink_StallsThatTheConnectionSurvives_GiveUpNothing()
    {
        SimulatedUplink uplink = Obedient(t => t % 40 is >= 20 and < 30 ? 0 : 8_000_000, 2);
        uplink.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(0, uplink.Jumps);
    }

    [Fact]
    public void OnALink_StallWhileTheLastOutageIsCaughtUpWith_GivesUpNothing()
    {
        SimulatedUplink uplink = Obedient(t => t is >= 20 and < 40 or >= 42 and < 50 ? 0 : 8_000_000, 2);
        uplink.Run(TimeSpan.FromMinutes(2));
        Assert.Equal(0, uplink.Jumps);
        Assert.True(uplink.Backlog < At(0.5));
    }

    [Fact]
    public void OnALink_SoSlowThatABatchTakesLongerThanTheWindow_GivesUp()
    {
        SimulatedUplink uplink = Obedient(_ => 400_000, 2); // 256 KiB: over 5 s
        TimeSpan longest = TimeSpan.Zero;
        uplink.Ticked = u => longest = u.Backlog > longest ? u.Backlog : longest;
        uplink.Run(TimeSpan.FromMinutes(5));
        TestContext.Current.TestOutputHelper?.WriteLine($"longest backlog {longest.TotalSeconds:0.00} s, {uplink.Jumps} jumps");
        Assert.True(uplink.Jumps > 5);
        Assert.True(longest < At(6 + (4 * 5.3)), $"{longest}");
    }

    private static SimulatedUplink Obedient(Func<double, double> link, double gopSeconds)
    {
        GopDropPolicy policy = Policy();
        return new SimulatedUplink(link)
        {
            Bitrate = 2_000_000,
            AudioBitrate = 0,
            SceneNoise = 0.02,
            GopSeconds = gopSeconds,
            BeforeBatch = u =>
            {
                if (policy.ShouldGiveUp(u.Now, u.Backlog))
                {
                    u.Jump();
                    policy.OnJump(u.Now);
                }
            },
        };
    }

    private static GopDropPolicy Policy() => new(new CongestionOptions());

    /// <summary>The last answer to calls of (time, backlog) in seconds.</summary>
    private static bool Fed(params (double Now, double Backlog)[] calls)
    {
        GopDropPolicy policy = Policy();
        return Feed(ref policy, calls);
    }

    private static bool Feed(ref GopDropPolicy policy, params (double Now, double Backlog)[] calls)
    {
        bool answer = false;
        foreach ((double now, double backlog) in calls)
        {
            Assert.False(answer, $"Gave up before {now} s.");
            answer = policy.ShouldGiveUp(At(now), At(backlog));
        }

        return answer;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
