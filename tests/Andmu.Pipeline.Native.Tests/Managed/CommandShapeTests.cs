using System.Runtime.InteropServices;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Native.Bridges;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Tests.Managed;

public sealed unsafe class CommandShapeTests : IDisposable
{
    private readonly NativeScope _scope = new();

    public static TheoryData<ControlCommand, int, int> Simple() => new()
    {
        { new SetMotionSensitivity(80), 1, 80 },
        { new SetSoundSensitivity(85), 2, 85 },
        { new SetMicrophone(true), 3, 1 },
        { new SetResolution(VideoResolution.Hd), 4, 1 },
        { new SetRotation(true), 5, 1 },
        { new SetStatusLight(false), 6, 0 },
        { new SetNightVision(NightVisionMode.Auto), 7, 2 },
        { new SetAntiFlicker(MainsFrequency.Hz60), 8, 60 },
        { new SetDevicePower(false), 9, 0 },
        { new StepPtz(PtzDirection.Up), 10, 3 },
        { new StepPtz(null), 10, 0 },
        { new TurnPtz(PtzDirection.Right), 11, 2 },
        { new TurnPtz(null), 11, 0 },
        { new SetPersonCounting(true), 17, 1 },
        { new FormatSdCard(), 19, 0 },
        { new SetMotionTracking(true), 20, 1 },
        { new SetTrackingReturnTime(TimeSpan.FromSeconds(90)), 21, 90 },
        { new QueryWifiList(), 23, 0 },
        { new QuerySdCard(), 24, 0 },
        { new QueryPtzPosition(), 25, 0 },
    };

    [Theory]
    [MemberData(nameof(Simple))]
    public void Command_OfOneValue_HasIt(ControlCommand command, int code, int value)
    {
        NativeCommand shape = CommandShape.Of(command, _scope);
        Assert.Equal((code, value), ((int)shape.Code, shape.Value));
    }

    [Fact]
    public void Position_IsInPanAndTilt()
    {
        NativeCommand shape = CommandShape.Of(new SetPtzPosition(-1000000, 42), _scope);
        Assert.Equal((NativeCommandCode.PtzPosition, -1000000, 42), (shape.Code, shape.Pan, shape.Tilt));
    }

    [Fact]
    public void Wifi_HasItsTexts()
    {
        NativeCommand shape = CommandShape.Of(new SetWifi("näh", "", "WPA", "geheim"), _scope);
        Assert.Equal(
            ("näh", "", "WPA", "geheim"),
            (Text(shape.Ssid), Text(shape.Bssid), Text(shape.Encryption), Text(shape.Key)));
    }

    [Fact]
    public void Wifi_WithANulInIt_IsRefused() =>
        Assert.Throws<ArgumentException>(() => CommandShape.Of(new SetWifi("a\0b", "", "", ""), _scope));

    [Fact]
    public void Schedule_HasItsLinesInMinutes()
    {
        var schedule = new WeeklySchedule([new ScheduleEntry(WeekDays.Monday | WeekDays.Saturday, new TimeOnly(22, 30), new TimeOnly(6, 0), true, 0)]);
        NativeCommand shape = CommandShape.Of(new SetPersonSchedule(schedule, null), _scope);
        Assert.Equal((NativeCommandCode.PersonSchedule, -1, 1u), (shape.Code, shape.Value, shape.ScheduleCount));
        Assert.Equal((0b1000010, 1350, 360, 1), (shape.Schedule->Days, shape.Schedule->StartMinute, shape.Schedule->EndMinute, shape.Schedule->Enabled));
    }

    [Fact]
    public void EmptySchedule_HasNoLines()
    {
        NativeCommand shape = CommandShape.Of(new SetOffSchedule(WeeklySchedule.Never), _scope);
        Assert.Equal((0u, true), (shape.ScheduleCount, shape.Schedule is null));
    }

    [Fact]
    public void Regions_AreRectanglesAndBlocks()
    {
        NativeCommand shape = CommandShape.Of(new SetPersonRegions([new PersonRegion(1, 2, 3, 4), new PersonRegion(5, 6, 7, 8)]), _scope);
        Assert.Equal((2u, 8), (shape.RegionCount, shape.Regions[1].Height));
        Assert.Equal(0b11u, CommandShape.Of(new SetMotionRegions(MotionRegions.FromMask(3)), _scope).BlockMask);
    }

    public void Dispose() => _scope.Dispose();

    private static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
