using System.Globalization;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Tests.Schedules;

public sealed class WeeklyScheduleTests
{
    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static ScheduleEntry Entry(WeekDays days, string start, string end, bool enabled = true) =>
        new(days, TimeOnly.Parse(start, CultureInfo.InvariantCulture), TimeOnly.Parse(end, CultureInfo.InvariantCulture), enabled, 0);

    // 2017-01-01 was a Sunday.
    [Theory]
    [InlineData("2017-01-01T20:59:59.9999999", false)]
    [InlineData("2017-01-01T21:00", true)]
    [InlineData("2017-01-02T09:59:59.9999999", true)]
    [InlineData("2017-01-02T10:00", false)]
    [InlineData("2017-01-02T21:00", false)]
    public void IsActive_ExampleOfTheSpecification_SundayNightToMondayMorning(string time, bool active) =>
        Assert.Equal(active, new WeeklySchedule([Entry(WeekDays.Sunday, "21:00", "10:00")]).IsActive(Utc(time)));

    [Theory]
    [InlineData("2017-01-07T23:00", true)]
    [InlineData("2017-01-08T00:00", true)]
    [InlineData("2017-01-08T00:59", true)]
    [InlineData("2017-01-08T01:00", false)]
    public void IsActive_SaturdayNight_ReachesIntoSunday(string time, bool active) =>
        Assert.Equal(active, new WeeklySchedule([Entry(WeekDays.Saturday, "23:00", "01:00")]).IsActive(Utc(time)));

    [Fact]
    public void IsActive_OtherOffset_SameInstant()
    {
        var schedule = new WeeklySchedule([Entry(WeekDays.Monday, "09:00", "10:00")]);

        Assert.True(schedule.IsActive(Utc("2017-01-02T09:30").ToOffset(TimeSpan.FromHours(14))));
        Assert.Equal(TimeSpan.Zero, schedule.NextChange(Utc("2017-01-02T09:30").ToOffset(TimeSpan.FromHours(8)))?.Offset);
    }

    [Fact]
    public void NextChange_Overlapping_OnlyTheOuterEnds()
    {
        var schedule = new WeeklySchedule(
            [Entry(WeekDays.Monday, "09:00", "11:00"), Entry(WeekDays.Monday, "10:00", "12:00"), Entry(WeekDays.Monday, "12:00", "13:00")]);

        Assert.Equal(Utc("2017-01-02T09:00"), schedule.NextChange(Utc("2017-01-01T00:00")));
        Assert.Equal(Utc("2017-01-02T13:00"), schedule.NextChange(Utc("2017-01-02T09:00")));
        Assert.Equal(Utc("2017-01-09T09:00"), schedule.NextChange(Utc("2017-01-02T13:00")));
    }

    [Fact]
    public void NextChange_JustBefore_ThatInstant()
    {
        var schedule = new WeeklySchedule([Entry(WeekDays.Sunday, "00:00", "00:01")]);
        DateTimeOffset sunday = Utc("2017-01-08T00:00");

        Assert.Equal(sunday, schedule.NextChange(sunday.AddTicks(-1)));
        Assert.Equal(sunday.AddMinutes(1), schedule.NextChange(sunday));
    }

    [Fact]
    public void NextChange_WholeWeek_Never()
    {
        var schedule = new WeeklySchedule([Entry(WeekDays.EveryDay, "12:00", "00:00"), Entry(WeekDays.EveryDay, "00:00", "12:00")]);

        Assert.True(schedule.IsActive(Utc("2017-01-07T23:59:59")));
        Assert.Null(schedule.NextChange(Utc("2017-01-01T00:00")));
    }

    [Theory]
    [InlineData(WeekDays.None, "01:00", "02:00", true)]
    [InlineData(WeekDays.EveryDay, "01:00", "02:00", false)]
    [InlineData(WeekDays.EveryDay, "01:00", "01:00", true)]
    public void NextChange_NoTimeAtAll_Never(WeekDays days, string start, string end, bool enabled)
    {
        var schedule = new WeeklySchedule([Entry(days, start, end, enabled)]);

        Assert.False(schedule.IsActive(Utc("2017-01-02T01:00")));
        Assert.Null(schedule.NextChange(Utc("2017-01-02T01:00")));
        Assert.Null(WeeklySchedule.Never.NextChange(Utc("2017-01-02T01:00")));
    }

    [Fact]
    public void NextChange_EndOfTheCalendar_Never()
    {
        var schedule = new WeeklySchedule([Entry(WeekDays.Sunday, "01:00", "02:00")]);

        Assert.Null(schedule.NextChange(DateTimeOffset.MaxValue));
        Assert.NotNull(schedule.NextChange(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Constructor_NoWholeMinute_Throws() => Assert.Throws<ArgumentException>(
        () => new WeeklySchedule([new ScheduleEntry(WeekDays.Sunday, new TimeOnly(1, 0, 1), new TimeOnly(2, 0), true, 0)]));

    [Fact]
    public void Constructor_ListChangedAfterwards_Unmoved()
    {
        List<ScheduleEntry> entries = [Entry(WeekDays.Sunday, "01:00", "02:00")];
        var schedule = new WeeklySchedule(entries);
        entries.Clear();

        Assert.Single(schedule.Entries);
    }

    [Fact]
    public void Equals_SameEntries_Equal()
    {
        var one = new WeeklySchedule([Entry(WeekDays.Sunday, "01:00", "02:00")]);
        var other = new WeeklySchedule([Entry(WeekDays.Sunday, "01:00", "02:00")]);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, WeeklySchedule.Never);
    }
}
