using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.Switches;

namespace Andmu.Pipeline.Device.Tests.Switches;

/// <summary>A switch by hand and a schedule, together.</summary>
public sealed class PowerSwitchTests
{
    // 2026-01-01 is a Thursday. Off from 21:00 to 07:00, every night.
    private static readonly WeeklySchedule Nights = Schedule(WeekDays.EveryDay, 21, 7);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = Noon.AddHours(10);
    private static readonly DateTimeOffset NextNoon = Noon.AddDays(1);
    private static readonly DateTimeOffset NextNight = Night.AddDays(1);

    [Fact]
    public void IsOnAt_Schedule_OffWhileActive()
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights);

        Assert.Equal([true, false, true, false], States(power));
    }

    [Fact]
    public void Set_OnInTheNight_OnUntilTheScheduleBeginsAnew()
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights).Set(true, Night);

        Assert.Equal([true, true, true, false], States(power));
        Assert.True(power.IsOnAt(new(2026, 1, 2, 7, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Set_Off_NoScheduleSwitchesItOn(int hours)
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights).Set(false, Noon.AddHours(hours));

        Assert.Equal([false, false, false, false], States(power));
    }

    [Fact]
    public void Set_OnByDay_TheNightStillCounts()
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights).Set(false, Noon).Set(true, Noon);

        Assert.Equal([true, false, true, false], States(power));
    }

    [Fact]
    public void Set_OnWhenTheScheduleNeverEnds_OnForGood()
    {
        WeeklySchedule always = new([Entry(WeekDays.EveryDay, 0, 12), Entry(WeekDays.EveryDay, 12, 0)]);
        PowerSwitch power = PowerSwitch.On.Replace(always);
        Assert.False(power.IsOnAt(Noon));

        power = power.Set(true, Noon);

        Assert.Equal([true, true, true, true], States(power));
        Assert.True(power.IsOnAt(Noon.AddYears(100)));
    }

    [Fact]
    public void Replace_OtherSchedule_CountsAtOnce()
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights).Set(true, Night).Replace(Schedule(WeekDays.EveryDay, 20, 8));

        Assert.False(power.IsOnAt(Night));
    }

    [Fact]
    public void Replace_TheSameSchedule_ChangesNothing()
    {
        PowerSwitch power = PowerSwitch.On.Replace(Nights).Set(true, Night);

        Assert.Equal(power, power.Replace(Schedule(WeekDays.EveryDay, 21, 7)));
    }

    private static bool[] States(PowerSwitch power) =>
        [power.IsOnAt(Noon), power.IsOnAt(Night), power.IsOnAt(NextNoon), power.IsOnAt(NextNight)];

    private static WeeklySchedule Schedule(WeekDays days, int start, int end) => new([Entry(days, start, end)]);

    private static ScheduleEntry Entry(WeekDays days, int start, int end) => new(days, new TimeOnly(start, 0), new TimeOnly(end, 0), true, 0);
}
