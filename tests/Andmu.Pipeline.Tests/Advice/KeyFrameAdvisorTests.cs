using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Tests.Support;
using CsCheck;

namespace Andmu.Pipeline.Tests.Advice;

[Collection(Allocation.Name)]
public sealed class KeyFrameAdvisorTests
{
    [Fact]
    public void Check_NothingWanted_DoesNotAsk()
    {
        KeyFrameAdvisor advisor = default;
        Assert.False(advisor.Check(At(0), TimeSpan.Zero, blocked: false));
        Assert.False(advisor.Check(At(100), TimeSpan.Zero, blocked: false));
        Assert.Null(advisor.NextCheck);
        Assert.Null(advisor.Wanted);
    }

    [Theory]
    [InlineData(KeyFrameReason.EventInMidGop)]
    [InlineData(KeyFrameReason.NothingToStartFrom)]
    internal void Check_ColdStart_AsksAtOnceAndOnce(KeyFrameReason reason)
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(reason);
        Assert.Equal(TimeSpan.Zero, advisor.NextCheck);
        Assert.True(advisor.Check(At(0), TimeSpan.Zero, blocked: false));
        Assert.False(advisor.Check(At(0), TimeSpan.Zero, blocked: false));
        Assert.Equal(At(2), advisor.NextCheck);
    }

    [Theory]
    [InlineData(KeyFrameReason.EventInMidGop, 499, true)]
    [InlineData(KeyFrameReason.EventInMidGop, 500, false)]
    [InlineData(KeyFrameReason.NothingToStartFrom, 499, true)]
    [InlineData(KeyFrameReason.NothingToStartFrom, 60_000, true)]
    internal void Check_Backlog_DelaysUnlessItIsOfNoUse(KeyFrameReason reason, int backlogMs, bool asks)
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(reason);
        Assert.Equal(asks, advisor.Check(At(0), TimeSpan.FromMilliseconds(backlogMs), blocked: false));
    }

    [Theory]
    [InlineData(KeyFrameReason.EventInMidGop)]
    [InlineData(KeyFrameReason.NothingToStartFrom)]
    internal void Check_Blocked_AsksOnceItFlows(KeyFrameReason reason)
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(reason);
        Assert.False(advisor.Check(At(0), TimeSpan.Zero, blocked: true));
        Assert.False(advisor.Check(At(60), TimeSpan.Zero, blocked: true));
        Assert.True(advisor.Check(At(60), TimeSpan.Zero, blocked: false));
    }

    [Fact]
    public void Check_NoneComes_PausesDoubleToHalfAMinute()
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        Assert.Equal([0, 2, 6, 14, 30, 60, 90, 120], Askings(ref advisor, 0, 121));
    }

    [Fact]
    public void Check_OneCame_PauseIsShortAgain()
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        Assert.Equal([0, 2, 6], Askings(ref advisor, 0, 7));
        advisor.OnKeyFrame();
        Assert.Null(advisor.Wanted);
        Assert.Empty(Askings(ref advisor, 7, 20));
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        Assert.Equal([20, 22, 26], Askings(ref advisor, 20, 27));
    }

    [Fact]
    public void Check_OneCameRightAfterTheAsking_NextIsStillTwoSecondsLater()
    {
        KeyFrameAdvisor advisor = default;
        for (int i = 0; i < 10; i++)
        {
            advisor.Want(KeyFrameReason.EventInMidGop);
            Assert.False(i > 0 && advisor.Check(At((2 * i) - 0.001), TimeSpan.Zero, blocked: false));
            Assert.Equal(At(2 * i), advisor.NextCheck);
            Assert.True(advisor.Check(At(2 * i), TimeSpan.Zero, blocked: false));
            advisor.OnKeyFrame();
        }
    }

    [Fact]
    public void Want_BothReasons_NothingToStartFromStays()
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(KeyFrameReason.EventInMidGop);
        Assert.Equal(KeyFrameReason.EventInMidGop, advisor.Wanted);
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        advisor.Want(KeyFrameReason.EventInMidGop);
        Assert.Equal(KeyFrameReason.NothingToStartFrom, advisor.Wanted);
        Assert.True(advisor.Check(At(0), At(10), blocked: false));
    }

    [Fact]
    public void Want_SecondReasonDuringThePause_DoesNotShortenIt()
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(KeyFrameReason.EventInMidGop);
        Assert.True(advisor.Check(At(0), TimeSpan.Zero, blocked: false));
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        Assert.False(advisor.Check(At(1.999), TimeSpan.Zero, blocked: false));
        Assert.True(advisor.Check(At(2), TimeSpan.Zero, blocked: false));
    }

    [Fact]
    public void Check_TimeGoesBack_PauseBeginsAnew()
    {
        KeyFrameAdvisor advisor = default;
        advisor.Want(KeyFrameReason.NothingToStartFrom);
        Assert.True(advisor.Check(At(3600), TimeSpan.Zero, blocked: false));
        Assert.False(advisor.Check(At(10), TimeSpan.Zero, blocked: false));
        Assert.False(advisor.Check(At(11.9), TimeSpan.Zero, blocked: false));
        Assert.True(advisor.Check(At(12), TimeSpan.Zero, blocked: false));
    }

    /// <summary>No storm: whatever is wanted and whatever comes, in T seconds it asks at most T / 2 + 1 times; and if none ever comes, far less often.</summary>
    [Fact]
    public void Check_AnySequence_AsksAtMostEveryTwoSeconds() =>
        Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 3], Gen.Int[0, 1_000], Gen.Bool).Array[1, 300].Sample(steps =>
        {
            KeyFrameAdvisor advisor = default;
            TimeSpan now = TimeSpan.Zero;
            TimeSpan? last = null;
            foreach ((int gap, int what, int backlogMs, bool blocked) in steps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                switch (what)
                {
                    case 0:
                        advisor.Want(KeyFrameReason.EventInMidGop);
                        break;
                    case 1:
                        advisor.Want(KeyFrameReason.NothingToStartFrom);
                        break;
                    case 2:
                        advisor.OnKeyFrame();
                        break;
                }

                bool due = advisor.NextCheck <= now;
                bool asks = advisor.Check(now, TimeSpan.FromMilliseconds(backlogMs), blocked);
                Assert.True(due || !asks, "Asked before NextCheck.");
                if (asks)
                {
                    Assert.False(blocked);
                    Assert.True(last is null || now - last >= TimeSpan.FromSeconds(2));
                    last = now;
                }
            }
        });

    [Fact]
    public void Check_HugeTimes_DoNotThrow()
    {
        KeyFrameAdvisor advisor = default;
        foreach (long ticks in (long[])[long.MinValue, 0, long.MaxValue, long.MaxValue - 1, long.MinValue, -1])
        {
            advisor.Want(KeyFrameReason.NothingToStartFrom);
            advisor.Check(new TimeSpan(ticks), new TimeSpan(ticks), blocked: false);
            Assert.NotNull(advisor.NextCheck);
        }
    }

    [Fact]
    public void Check_Always_AllocatesNothing()
    {
        KeyFrameAdvisor advisor = default;
        int asked = 0;
        Assert.Equal(0, Allocation.Of(10_000, i =>
        {
            advisor.Want((KeyFrameReason)(i % 2));
            asked += advisor.Check(At(0.1 * i), TimeSpan.Zero, blocked: false) ? 1 : 0;
            if (i % 300 == 0)
            {
                advisor.OnKeyFrame();
            }
        }));
        Assert.True(asked > 0);
    }

    /// <summary>The seconds at which it asks, looked at a hundred times a second.</summary>
    private static List<int> Askings(ref KeyFrameAdvisor advisor, int from, int to)
    {
        var askings = new List<int>();
        for (int hundredths = from * 100; hundredths < to * 100; hundredths++)
        {
            if (advisor.Check(TimeSpan.FromMilliseconds(hundredths * 10), TimeSpan.Zero, blocked: false))
            {
                Assert.Equal(0, hundredths % 100);
                askings.Add(hundredths / 100);
            }
        }

        return askings;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
