using CsCheck;

namespace Andmu.Pipeline.Control.Tests;

public sealed class WeeklyScheduleTests
{
    private static readonly DateTimeOffset LeapYear = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ScheduleSpan> Spans = Gen.Select(
        Gen.Int[0, 127], Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Bool,
        (days, start, end, on) => new ScheduleSpan((Weekdays)days, At(start), At(end), on, 0));

    /// <summary>Minute by minute through a whole year: as somebody would reckon who looks at today's lines, and at yesterday's that run over midnight; and
    /// the next change is announced where the last one was.</summary>
    [Fact]
    public void IsActiveAndNextChange_ThroughALeapYear_AreAsReckonedByHand() => Spans.Array[0, 7].Sample(
        spans =>
        {
            var schedule = new WeeklySchedule(spans);
            bool before = schedule.IsActive(LeapYear);
            DateTimeOffset? next = schedule.NextChange(LeapYear);
            for (DateTimeOffset time = LeapYear.AddMinutes(1); time < LeapYear.AddYears(1); time = time.AddMinutes(1))
            {
                bool now = schedule.IsActive(time);
                Assert.Equal(spans.Any(span => IsActive(span, time)), now);
                Assert.Equal(now != before, time == next);
                if (now != before)
                {
                    next = schedule.NextChange(time);
                    before = now;
                }
            }
        },
        iter: 4,
        threads: 1);

    [Fact]
    public void NextChange_NeverOrAlways_IsNone()
    {
        Assert.Null(WeeklySchedule.Never.NextChange(LeapYear));
        var always = new WeeklySchedule([new ScheduleSpan(Weekdays.Every, At(0), At(0), true, 0)]);
        Assert.True(always.IsActive(LeapYear));
        Assert.Null(always.NextChange(LeapYear));
    }

    [Fact]
    public void IsActive_AnotherOffset_IsTheSameMoment()
    {
        var schedule = new WeeklySchedule([new ScheduleSpan(Weekdays.Saturday, At(0), At(60), true, 0)]);
        Assert.True(schedule.IsActive(LeapYear.ToOffset(TimeSpan.FromHours(8))));
    }

    private static bool IsActive(ScheduleSpan span, DateTimeOffset time)
    {
        var minute = TimeOnly.FromDateTime(time.DateTime);
        bool today = Has(span, time.DayOfWeek);
        bool yesterday = Has(span, time.AddDays(-1).DayOfWeek);
        return span.IsEnabled && (span.Start < span.End
            ? today && minute >= span.Start && minute < span.End
            : (today && minute >= span.Start) || (yesterday && minute < span.End));
    }

    private static bool Has(ScheduleSpan span, DayOfWeek day) => ((int)span.Days & (1 << (int)day)) != 0;

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);
}
