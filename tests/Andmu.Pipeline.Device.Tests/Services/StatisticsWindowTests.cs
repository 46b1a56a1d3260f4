using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class StatisticsWindowTests
{
    private static readonly DateTime Midnight = new(2026, 3, 10, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateOnly Yesterday = new(2026, 3, 9);

    [Fact]
    public void IsDue_ManyDevices_SpreadOverTheFourHours()
    {
        int[] minutes = [.. Enumerable.Range(0, 500).Select(static seed => FirstDueMinute(new StatisticsWindow(new Random(seed)), Midnight))];

        Assert.All(minutes, static minute => Assert.InRange(minute, 0, 239));
        Assert.InRange(minutes.Average(), 105, 135);
        Assert.InRange(minutes.Distinct().Count(), 150, 240);
    }

    [Fact]
    public void IsDue_SwitchedOnInTheWindow_IsDueInTheRestOfIt()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Assert.InRange(FirstDueMinute(new StatisticsWindow(new Random(seed)), Midnight.AddHours(3.5)), 210, 239);
        }
    }

    [Fact]
    public void IsDue_ReportedToday_WaitsForTheNextNight()
    {
        var window = new StatisticsWindow(new Random(1));

        for (int minute = 0; minute < 24 * 60; minute++)
        {
            Assert.False(window.IsDue(Midnight.AddMinutes(minute), Yesterday.AddDays(1), out TimeSpan wait));
            Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromHours(1));
        }
    }

    [Theory]
    [InlineData(4, 240, 299)]
    [InlineData(9.5, 570, 629)]
    [InlineData(23.75, 1425, 1439)]
    public void IsDue_OffInTheNight_IsDueInTheNextHourOfTheSameDay(double hour, int from, int to)
    {
        int[] minutes = [.. Enumerable.Range(0, 200).Select(seed => FirstDueMinute(new StatisticsWindow(new Random(seed)), Midnight.AddHours(hour)))];

        Assert.All(minutes, minute => Assert.InRange(minute, from, to));
        Assert.InRange(minutes.Distinct().Count(), 10, 60);
    }

    [Fact]
    public void IsDue_NotTakenInTheWindow_StaysDue()
    {
        var window = new StatisticsWindow(new Random(1));
        int due = FirstDueMinute(window, Midnight);

        Assert.True(window.IsDue(Midnight.AddMinutes(due + 300), Yesterday, out _));
    }

    private static int FirstDueMinute(StatisticsWindow window, DateTime from)
    {
        DateTime now = from;
        while (!window.IsDue(now, Yesterday, out TimeSpan wait))
        {
            now += wait;
        }

        return (int)(now - Midnight).TotalMinutes;
    }
}
