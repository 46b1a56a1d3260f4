using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class CameraSwitchesTests
{
    private static readonly WeeklySchedule Week = new(
    [
        new ScheduleEntry(WeekDays.EveryDay, new TimeOnly(21, 0), new TimeOnly(10, 0), Enabled: true, 0),
        new ScheduleEntry(WeekDays.Sunday | WeekDays.Saturday, default, new TimeOnly(9, 30), Enabled: false, 1),
        new ScheduleEntry(WeekDays.None, default, new TimeOnly(1, 0), Enabled: true, 2),
    ]);

    private readonly List<string> _said = [];
    private readonly CameraSwitches _switches;

    public CameraSwitchesTests() => _switches = new CameraSwitches(_said.Add);

    [Fact]
    public void Set_Picture_KeptAndSaidInALineEach()
    {
        _switches.StatusLight = false;
        _switches.NightVision = NightVisionMode.On;
        _switches.AntiFlicker = MainsFrequency.Hz60;
        _switches.IsRotated = true;

        Assert.Equal(["status light off", "night vision on", "anti-flicker 60 Hz", "rotation 180"], _said);
        Assert.Equal(
            (false, NightVisionMode.On, MainsFrequency.Hz60, true),
            (_switches.StatusLight, _switches.NightVision, _switches.AntiFlicker, _switches.IsRotated));
    }

    [Fact]
    public void Set_Detection_KeptAndSaidInALineEach()
    {
        _switches.MotionSensitivity = 50;
        _switches.SoundSensitivity = 85;
        _switches.MotionRegions = MotionRegions.FromNumbers([1, 2]);
        _switches.MotionTracking = true;
        _switches.TrackingReturnTime = TimeSpan.FromSeconds(45);
        _switches.PersonCounting = true;
        _switches.PersonRegions = [new PersonRegion(0, 3, 200, 400), new PersonRegion(500, 7, 20, 40)];

        Assert.Equal(
            [
                "motion sensitivity 50", "sound sensitivity 85", "motion regions 1;2", "motion tracking on", "tracking return time 45 s", "person counting on",
                "person regions 200x400+0+3, 20x40+500+7",
            ],
            _said);
        Assert.Equal(
            (50, 85, 2, true, 45, true, 2),
            (_switches.MotionSensitivity, _switches.SoundSensitivity, _switches.MotionRegions.Count, _switches.MotionTracking,
                _switches.TrackingReturnTime.TotalSeconds, _switches.PersonCounting, _switches.PersonRegions.Count));
    }

    [Fact]
    public void Set_WhatTheDeviceSeesTo_KeptAndSaidInALineEach()
    {
        _switches.IsOn = false;
        _switches.Microphone = false;
        _switches.OffSchedule = Week;
        _switches.PersonSchedule = Week;

        const string Said = "daily 21:00-10:00 UTC, Sun+Sat 00:00-09:30 UTC (not in use), never 00:00-01:00 UTC";
        Assert.Equal(["power off", "microphone off", $"off schedule {Said}", $"person schedule {Said}"], _said);
        Assert.Equal((false, false, Week, Week), (_switches.IsOn, _switches.Microphone, _switches.OffSchedule, _switches.PersonSchedule));
    }

    [Fact]
    public void Set_ToWhatItWas_SaidAllTheSame()
    {
        _switches.StatusLight = _switches.StatusLight;
        _switches.PersonRegions = [];
        _switches.PersonSchedule = WeeklySchedule.Never;
        _switches.MotionRegions = MotionRegions.All;

        Assert.Equal(["status light on", "person regions everywhere", "person schedule none", "motion regions all"], _said);
    }

    [Fact]
    public void Set_NobodyListens_Kept() => Assert.Equal(100, new CameraSwitches { MotionSensitivity = 100 }.MotionSensitivity);
}
