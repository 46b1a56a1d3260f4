using Andmu.Pipeline.Control.Schedules;
using CsCheck;

namespace Andmu.Pipeline.Control.Tests.Schedules;

/// <summary>A schedule agrees with a naive reading of its entries in every minute of a leap year, and tells each change exactly.</summary>
public sealed class WeeklySchedulePropertyTests
{
    private const int MinutesPerDay = 24 * 60;
    private const int LeapYearDays = 366;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimeOnly> Times =
        Gen.OneOf(Gen.Int[0, MinutesPerDay - 1], Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(720), Gen.Const(MinutesPerDay - 1))).Select(minute => TimeOnly.MinValue.AddMinutes(minute));

    private static readonly Gen<WeeklySchedule> Schedules = Gen
        .Select(Gen.Int[0, 127], Times, Times, Gen.Int[0, 4])
        .Select((days, start, end, luck) => new ScheduleEntry((WeekDays)days, start, end, luck != 0, 0))
        .Array[0, WeeklySchedule.MaxEntries].Select(entries => new WeeklySchedule(entries));

    [Fact]
    public void IsActive_EveryMinuteOfALeapYear_AsReadNaively() => Schedules.Sample(
        schedule =>
        {
            for (int minute = 0; minute < LeapYearDays * MinutesPerDay; minute++)
            {
                DateTimeOffset time = Start.AddMinutes(minute);
                if (schedule.IsActive(time) != Reference(schedule, time))
                {
                    Assert.Fail($"{time:O}");
                }
            }
        },
        iter: 25);

    [Fact]
    public void NextChange_EveryMinuteOfALeapYear_FirstInstantThatDiffers() => Schedules.Sample(
        schedule =>
        {
            // From the end backwards: what is next is known by then. The last eight days only serve to know it.
            DateTimeOffset? next = null;
            bool later = Reference(schedule, Start.AddDays(LeapYearDays + 8));
            for (int minute = ((LeapYearDays + 8) * MinutesPerDay) - 1; minute >= 0; minute--)
            {
                DateTimeOffset time = Start.AddMinutes(minute);
                bool now = Reference(schedule, time);
                next = now != later ? time.AddMinutes(1) : next;
                later = now;
                if (minute < LeapYearDays * MinutesPerDay && schedule.NextChange(time) != next)
                {
                    Assert.Fail($"{time:O}: {schedule.NextChange(time):O} instead of {next:O}");
                }
            }
        },
        iter: 15);

    [Fact]
    public void NextChange_AnyInstant_FlipsThereAndNotBefore() => Gen
        .Select(Schedules, Gen.Long[0, TimeSpan.TicksPerDay * LeapYearDays])
        .Sample(
            (schedule, ticks) =>
            {
                DateTimeOffset time = Start.AddTicks(ticks);
                if (schedule.NextChange(time) is { } change)
                {
                    Assert.True(change > time);
                    Assert.Equal(!schedule.IsActive(time), schedule.IsActive(change));
                    Assert.Equal(schedule.IsActive(time), schedule.IsActive(change.AddTicks(-1)));
                    Assert.Equal(change, schedule.NextChange(change.AddTicks(-1)));
                }
            },
            iter: 2000);

    // Word for word: today's entries, and those of yesterday that cross midnight.
    private static bool Reference(WeeklySchedule schedule, DateTimeOffset time)
    {
        var clock = TimeOnly.FromTimeSpan(time.TimeOfDay);
        int today = 1 << (int)time.DayOfWeek;
        int yesterday = 1 << (int)time.AddDays(-1).DayOfWeek;
        foreach (ScheduleEntry entry in schedule.Entries)
        {
            bool crosses = entry.Start > entry.End;
            bool sinceToday = ((int)entry.Days & today) != 0 && clock >= entry.Start && (crosses || clock < entry.End);
            bool sinceYesterday = crosses && ((int)entry.Days & yesterday) != 0 && clock < entry.End;
            if (entry.Enabled && (sinceToday || sinceYesterday))
            {
                return true;
            }
        }

        return false;
    }
}
