using Andmu.Pipeline.Advice;

namespace Andmu.Pipeline.Tests.Advice;

/// <summary>The advisor with a simulated camera that obeys it, on links of all kinds. Ceiling 4 Mbit/s, sound 64 kbit/s.</summary>
public sealed class BitrateAdvisorLinkTests
{
    private const double Mbit = 1_000_000;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(10, false)]
    public void LinkFalls_ToAQuarter_AdviceIsBelowItWithinThreeSecondsAndTheBacklogDrains(double gopSeconds, bool timed)
    {
        var camera = new AdvisedCamera(t => t < 60 ? 5 * Mbit : Mbit, gopSeconds: gopSeconds, timed: timed);
        camera.Run(60);
        Assert.Empty(camera.Advice);
        camera.Run(3);
        Report(camera);
        Assert.InRange(camera.Advisor.Current, 0.7 * Mbit, Mbit - 64_000);
        for (int low = 0; low < 10; low = camera.Backlog < 0.4 ? low + 1 : 0) // for a second on end: a batch takes a moment to be missed
        {
            Assert.True(camera.Uplink.Seconds < 90, "Has not drained before the first probe.");
            camera.Run(0.1);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"drained at {camera.Uplink.Seconds:0.0} s");
        Assert.True(camera.LongestBacklog < TimeSpan.FromSeconds(4), $"{camera.LongestBacklog}");
        Assert.Equal(1, camera.Decreases);
    }

    [Fact]
    public void LinkRecovers_AfterTwoMinutes_AdviceIsBackWithinTwoAndAHalf()
    {
        var camera = new AdvisedCamera(t => t is >= 60 and < 180 ? Mbit : 5 * Mbit, timed: true); // the example of the folder's README
        camera.Run(60 + 120);
        Assert.True(camera.Advisor.Current < Mbit);
        camera.Run(150);
        Report(camera);
        Assert.Equal(4 * Mbit, camera.Advisor.Current);
        Assert.True(camera.Backlog < 0.2);
    }

    /// <summary>The longest hold is 5 min, and the climb from a quarter takes eight steps.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(3600)]
    public void LinkRecovers_AfterLong_AdviceIsBackWithinSixMinutes(double slowFor)
    {
        var camera = new AdvisedCamera(t => t >= 10 && t < 10 + slowFor ? Mbit : 5 * Mbit);
        camera.Run(10 + slowFor + 360);
        Report(camera);
        Assert.True(camera.Advisor.Current >= 0.9 * 4 * Mbit);
    }

    [Fact]
    public void LinkRecovers_RightAfterItsFall_AdviceIsBackWithinAMinuteAndAHalf()
    {
        var camera = new AdvisedCamera(t => t is >= 60 and < 70 ? Mbit : 5 * Mbit);
        camera.Run(70);
        Assert.True(camera.Advisor.Current < Mbit);
        camera.Run(90);
        Report(camera);
        Assert.Equal(4 * Mbit, camera.Advisor.Current);
    }

    /// <summary>A probe a hold, and holds double: within 10 minutes there is time for four.</summary>
    [Theory]
    [InlineData(1, 1, 0.1)]
    [InlineData(2, 1, 0.1)]
    [InlineData(4, 1, 0.1)]
    [InlineData(10, 1, 0.1)]
    [InlineData(2, 2, 0.3)]
    [InlineData(2, 3, 0.3)]
    [InlineData(4, 4, 0.3)]
    [InlineData(2, 5, 0)]
    public void LinkOfSixtyPercent_ForTenMinutes_IsUsedAndSeldomProbed(double gopSeconds, int seed, double noise)
    {
        var camera = new AdvisedCamera(_ => 2.4 * Mbit, gopSeconds: gopSeconds, noise: noise, seed: seed);
        camera.Run(600);
        Report(camera);
        Assert.InRange(camera.Turns, 1, 10);
        Assert.InRange(camera.Advisor.Current, 0.7 * 2.4 * Mbit, 2.4 * Mbit);
        Assert.True(camera.LongestBacklog < TimeSpan.FromSeconds(4), $"{camera.LongestBacklog}");
    }

    [Theory]
    [InlineData(1.5, 2, 0.1)]
    [InlineData(1.25, 2, 0.1)]
    [InlineData(1.25, 10, 0.1)]
    [InlineData(2, 4, 0.3)]
    [InlineData(100, 1, 0.3)]
    public void LinkWithEnough_ForAnHour_NeverADecrease(double capacity, double gopSeconds, double noise)
    {
        var camera = new AdvisedCamera(_ => capacity * 4 * Mbit, gopSeconds: gopSeconds, noise: noise);
        camera.Run(3600);
        Assert.Empty(camera.Advice);
    }

    [Fact]
    public void LinkWithEnough_StartedLow_ClimbsToTheCeilingAndStays()
    {
        var camera = new AdvisedCamera(_ => 5 * Mbit, new EncoderAdviceOptions { StartBitrate = 400_000 });
        camera.Run(3600);
        Report(camera);
        Assert.Equal(0, camera.Decreases);
        Assert.Equal(4 * Mbit, camera.Advisor.Current);
        Assert.InRange(camera.Advice[^1].Second, 32, 45); // nine steps, four seconds each
    }

    [Fact]
    public void LinkStalls_ForTenSecondsUnseen_IsNotTakenForSlow()
    {
        var camera = new AdvisedCamera(t => t is >= 60 and < 70 ? 0 : 5 * Mbit);
        camera.Run(180);
        Report(camera);
        Assert.Empty(camera.Advice);
        Assert.True(camera.Backlog < 0.2);
    }

    [Fact]
    public void LinkStalls_ForTenSecondsWatchedByATimer_FallsToTheFloorAndIsSoonBack()
    {
        var camera = new AdvisedCamera(t => t is >= 60 and < 70 ? 0 : 6 * Mbit, timed: true);
        camera.Run(69);
        Assert.Equal(128_000, camera.Advisor.Current);
        camera.Run(16);
        Report(camera);
        Assert.Equal(4 * Mbit, camera.Advisor.Current); // in one step: catching up has shown what the link carries
        Assert.Equal(1, camera.Decreases);
    }

    [Fact]
    public void Reconnect_BacklogOfAnOutage_IsNoCongestion()
    {
        var camera = new AdvisedCamera(_ => 5 * Mbit);
        camera.Run(30);
        camera.Uplink.Disconnect();
        camera.Run(30);
        camera.Reconnect();
        camera.Run(600);
        Assert.Empty(camera.Advice);
        Assert.True(camera.LongestBacklog > TimeSpan.FromSeconds(29));
    }

    [Fact]
    public void Reconnect_CatchingUpShowsAFasterLink_AdviceGoesThereInOneStep()
    {
        var camera = new AdvisedCamera(t => t < 60 ? Mbit : 8 * Mbit);
        camera.Run(59);
        Assert.True(camera.Advisor.Current < 2 * Mbit);
        camera.Uplink.Disconnect();
        camera.Run(30);
        camera.Reconnect();
        camera.Run(15);
        Report(camera);
        Assert.Equal(4 * Mbit, camera.Advisor.Current);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(200)]
    public void LinkAlternates_ForHalfAnHour_TurnsAreFew(double period)
    {
        var camera = new AdvisedCamera(t => t % period < period / 2 ? 6 * Mbit : Mbit);
        camera.Run(1800);
        Report(camera);
        Assert.InRange(camera.Turns, 2, 45); // in half an hour
        Assert.True(camera.LongestBacklog < TimeSpan.FromSeconds(8), $"{camera.LongestBacklog}");
    }

    [Theory]
    [InlineData(false, 80)] // blocked flushes hide a link so slow: 256 KiB take 35 s
    [InlineData(true, 4)]
    public void LinkOfLessThanTheFloor_AdviceIsTheFloorAndNoLess(bool timed, double within)
    {
        var camera = new AdvisedCamera(_ => 60_000, timed: timed);
        camera.Run(300);
        Report(camera);
        Assert.Equal(128_000, camera.Advisor.Current);
        Assert.InRange(camera.Advice[0].Second, 0, within);
    }

    [Fact]
    public void LinkOfATenth_TimedOrNot_IsUsed()
    {
        foreach (bool timed in (bool[])[false, true])
        {
            var camera = new AdvisedCamera(_ => 400_000, timed: timed);
            camera.Run(600);
            Report(camera);
            Assert.InRange(camera.Advisor.Current, 224_000, 336_000);
            Assert.True(camera.Backlog < 1);
        }
    }

    private static void Report(AdvisedCamera camera) => TestContext.Current.TestOutputHelper?.WriteLine(camera.ToString());
}
