using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class CameraSwitchesTests
{
    private readonly List<string> _said = [];
    private readonly CameraSwitches _switches;

    public CameraSwitchesTests() => _switches = new CameraSwitches(_said.Add);

    [Fact]
    public void Set_Everything_KeptAndSaidInALineEach()
    {
        _switches.StatusLight = false;
        _switches.NightVision = NightVision.On;
        _switches.AntiFlicker = AntiFlicker.Hz60;
        _switches.IsRotated = true;
        _switches.MotionSensitivity = 50;
        _switches.SoundSensitivity = 85;
        _switches.MotionRegions = MotionGrid.OfBlocks([1, 2]);
        _switches.MotionTracking = true;
        _switches.TrackingReturnTime = TimeSpan.FromSeconds(45);
        _switches.PersonCounting = true;
        _switches.PersonRegions = [new PersonRegion(0, 3, 200, 400), new PersonRegion(500, 7, 20, 40)];
        _switches.PersonSchedule = [new ScheduleEntry(127, new TimeOnly(21, 0), new TimeOnly(10, 0), true, 0), new ScheduleEntry(65, default, new TimeOnly(9, 30), false, 1)];

        Assert.Equal(
            [
                "status light = off", "night vision = on", "anti-flicker = 60 Hz", "rotation = 180", "motion sensitivity = 50", "sound sensitivity = 85",
                "motion regions = ##... ..... ..... ..... .....", "motion tracking = on", "tracking return time = 45 s", "person counting = on",
                "person regions = 200x400+0+3, 20x40+500+7", "person schedule = daily 21:00-10:00 UTC, Sun+Sat 00:00-09:30 UTC (not in use)",
            ],
            _said);
        Assert.Equal(
            (false, NightVision.On, AntiFlicker.Hz60, true, 50, 85),
            (_switches.StatusLight, _switches.NightVision, _switches.AntiFlicker, _switches.IsRotated, _switches.MotionSensitivity, _switches.SoundSensitivity));
        Assert.Equal(
            (2, true, 45, true, 2, 2),
            (_switches.MotionRegions.Count, _switches.MotionTracking, _switches.TrackingReturnTime.TotalSeconds, _switches.PersonCounting,
                _switches.PersonRegions.Count, _switches.PersonSchedule.Count));
    }

    [Fact]
    public void Set_ToWhatItWas_SaidAllTheSame()
    {
        _switches.StatusLight = _switches.StatusLight;
        _switches.PersonRegions = [];
        _switches.PersonSchedule = [];
        _switches.MotionRegions = MotionGrid.All;

        Assert.Equal(["status light = on", "person regions = everywhere", "person schedule = always", "motion regions = everywhere"], _said);
    }

    [Fact]
    public void Set_NobodyListens_Kept() => Assert.Equal(100, new CameraSwitches { MotionSensitivity = 100 }.MotionSensitivity);
}
