using System.Runtime.CompilerServices;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Media;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

/// <summary>What the simulated camera does about commands, and what it says of them.</summary>
public sealed class CameraCommandsTests
{
    private const string Canary = "c4n4ry";

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _said = [];
    private readonly CommandProbe _probe = new();
    private readonly SimulatedCamera _camera;

    public CameraCommandsTests() => _camera = Camera(new VideoFormat(VideoCodec.H264, 1280, 720, 25, 66, 31));

    public static TheoryData<Type> EveryCommand =>
        [.. typeof(ControlCommand).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(ControlCommand)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void AnswerTo_EveryCommandOfTheProtocol_HasAHandler(Type command) =>
        Assert.True(_probe.Has((ControlCommand)RuntimeHelpers.GetUninitializedObject(command)));

    [Fact]
    public void EveryCommand_AsManyAsTheSpecificationHas() => Assert.Equal(26, EveryCommand.Count);

    [Fact]
    public async Task Do_Switches_HardwareIsSetAndALineEach()
    {
        foreach (ControlCommand command in new ControlCommand[]
        {
            new SetStatusLight(false), new SetNightVision(NightVisionMode.On), new SetAntiFlicker(MainsFrequency.Hz60), new SetRotation(true),
            new SetMotionSensitivity(30), new SetSoundSensitivity(100), new SetMotionRegions(MotionRegions.FromNumbers([7])), new SetMotionTracking(true),
            new SetTrackingReturnTime(TimeSpan.FromSeconds(7)), new SetPersonRegions([new PersonRegion(1, 2, 3, 4)]),
        })
        {
            Assert.Null(await _probe.DoAsync(command));
        }

        CameraSwitches switches = _camera.Switches;
        Assert.Equal(
            (false, NightVisionMode.On, MainsFrequency.Hz60, true, 30, 100),
            (switches.StatusLight, switches.NightVision, switches.AntiFlicker, switches.IsRotated, switches.MotionSensitivity, switches.SoundSensitivity));
        Assert.Equal(
            (MotionRegions.FromNumbers([7]), true, TimeSpan.FromSeconds(7), new PersonRegion(1, 2, 3, 4)),
            (switches.MotionRegions, switches.MotionTracking, switches.TrackingReturnTime, Assert.Single(switches.PersonRegions)));
        Assert.Equal(10, _said.Count);
        Assert.All(_said, static line => Assert.StartsWith("command: ", line, StringComparison.Ordinal));
        Assert.Contains("command: night vision on", _said);
    }

    [Fact]
    public async Task Do_WhatTheDeviceSeesTo_Said()
    {
        var night = new WeeklySchedule([new ScheduleEntry(WeekDays.EveryDay, new TimeOnly(22, 0), new TimeOnly(6, 0), Enabled: true, 0)]);
        foreach (ControlCommand command in new ControlCommand[]
        {
            new SetDevicePower(false), new SetMicrophone(false), new SetOffSchedule(night), new SetPersonCounting(true), new SetPersonSchedule(night, false),
            new UpgradeFirmware(FirmwareKind.Firmware, new Uri($"https://packages.example:8443/{Canary}?sign={Canary}"), "1.0.0.526", new string('0', 32)),
        })
        {
            Assert.Null(await _probe.DoAsync(command));
        }

        Assert.Same(Done.Instance, await _probe.DoAsync(new SetPanorama(true, 30, CameraStand.Upright)));
        Assert.Same(Done.Instance, await _probe.DoAsync(new SetPanorama(false, 0, CameraStand.Upright)));

        Assert.Equal(
            [
                "command: power off", "command: microphone off", "command: off schedule daily 22:00-06:00 UTC", "command: person counting on",
                "command: person schedule daily 22:00-06:00 UTC", "command: person counting off",
                "firmware: asked for version \"1.0.0.526\" from https://packages.example/...", "panorama: begun, a picture every 30 degrees",
                "panorama: stopped",
            ],
            _said);
        CameraSwitches switches = _camera.Switches;
        Assert.Equal(
            (false, false, night, false, night),
            (switches.IsOn, switches.Microphone, switches.OffSchedule, switches.PersonCounting, switches.PersonSchedule));
    }

    [Fact]
    public async Task Do_PersonScheduleWithoutTheSwitch_SwitchStays()
    {
        await _probe.DoAsync(new SetPersonCounting(true));
        await _probe.DoAsync(new SetPersonSchedule(WeeklySchedule.Never, null));

        Assert.True(_camera.Switches.PersonCounting);
        Assert.Equal(["command: person counting on", "command: person schedule none"], _said);
    }

    [Fact]
    public async Task Do_Head_TurnsAndTellsWhereItIs()
    {
        await _probe.DoAsync(new SetPtzPosition(250_000, -100_000));
        _time.Advance(_camera.Head.TimeLeft);
        Assert.Equal(new PtzPosition(250_000, -100_000), await _probe.DoAsync(new QueryPtzPosition()));
        await _probe.DoAsync(new StepPtz(PtzDirection.Left));
        _time.Advance(_camera.Head.TimeLeft);
        Assert.True(_camera.Head.Position.Pan < 250_000);
        await _probe.DoAsync(new StepPtz(null));
        _time.Advance(_camera.Head.TimeLeft);
        Assert.Equal(new PtzPosition(0, 0), _camera.Head.Position);
        await _probe.DoAsync(new TurnPtz(PtzDirection.Up));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _probe.DoAsync(new TurnPtz(null));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.InRange(_camera.Head.Position.Tilt, 1, 999_999);
        Assert.Equal(
            [
                "head: pan 250000 tilt -100000", "head: asked, stands at pan 250000 tilt -100000", "head: a step left to pan 114789 tilt -100000",
                "head: home, pan 0 tilt 0", "head: turns up", $"head: stopped at pan 0 tilt {_camera.Head.Position.Tilt}",
            ],
            _said);
    }

    [Fact]
    public async Task Do_HeadDuringAPanorama_RefusedUntilItIsBack()
    {
        PanoramaOptions panorama = _camera.ToControlOptions(null).Panorama!;
        ValueTask<ReadOnlyMemory<byte>> taking = panorama.Take(new PanoramaShot(1, 2, 0, IsUpright: true), TestContext.Current.CancellationToken);

        foreach (ControlCommand command in new ControlCommand[]
        {
            new SetPtzPosition(1, 1), new StepPtz(PtzDirection.Left), new StepPtz(null), new TurnPtz(PtzDirection.Down), new TurnPtz(null),
        })
        {
            await RejectedAsync(command, "head: refused, ", "a panorama is being taken");
        }

        Assert.Equal(new PtzPosition(-1_000_000, 0), _camera.Head.Target);
        _time.Advance(_camera.Head.TimeLeft);
        await taking;
        ValueTask returning = panorama.ReturnHead!(TestContext.Current.CancellationToken);
        _time.Advance(_camera.Head.TimeLeft);
        await returning;
        await _probe.DoAsync(new SetPtzPosition(1, 1));
        Assert.Equal("head: pan 1 tilt 1", _said[^1]);
    }

    [Fact]
    public async Task Do_Wifi_ListedJoinedAndReported()
    {
        var told = new List<OpenApi.CameraStatusUpdate>();
        _camera.StatusChanged += told.Add;
        var list = (WifiList?)await _probe.DoAsync(new QueryWifiList());
        Assert.Equal(["andmu-home", "andmu-garden", "andmu-guests"], list!.Networks.Select(static network => network.Ssid));

        Assert.Same(Done.Instance, await _probe.DoAsync(new SetWifi("andmu-garden", "", "WPA2", WifiAdapter.SampleKey)));

        Assert.Equal("andmu-garden", _camera.Wifi.Connected?.Ssid);
        Assert.Equal("andmu-garden", Assert.Single(told).WifiSsid);
        Assert.Equal(["wifi: asked, 3 networks in reach", "wifi: joined \"andmu-garden\""], _said);
    }

    [Theory]
    [InlineData("andmu-garden", "wifi: \"andmu-garden\" not joined, ", "the key is wrong")]
    [InlineData("elsewhere", "wifi: \"elsewhere\" not joined, ", "there is no such network in reach")]
    [InlineData("\u001b[2J\r\nhead: home", "wifi: \"?[2J??head: home\" not joined, ", "there is no such network in reach")]
    public async Task Do_WifiThatCannotBeJoined_RefusedWithoutTheKey(string ssid, string says, string reason)
    {
        var told = new List<OpenApi.CameraStatusUpdate>();
        _camera.StatusChanged += told.Add;

        await RejectedAsync(new SetWifi(ssid, "", Canary, Canary), says, reason);

        Assert.Equal("andmu-home", _camera.Wifi.Connected?.Ssid);
        Assert.Empty(told);
        Assert.DoesNotContain(Canary, string.Join('\n', _said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Do_Card_ToldAndFormatted()
    {
        _camera.Card.Record(5_000_000_000);
        var before = (SdCardInfo?)await _probe.DoAsync(new QuerySdCard());
        Assert.Same(Done.Instance, await _probe.DoAsync(new FormatSdCard()));
        var after = (SdCardInfo?)await _probe.DoAsync(new QuerySdCard());

        Assert.Equal(5_000_000_000, after!.Volumes[0].RemainingBytes - before!.Volumes[0].RemainingBytes);
        Assert.Equal(["card: asked, 26999967232 bytes free", "card: formatted", "card: asked, 31999967232 bytes free"], _said);
    }

    [Theory]
    [InlineData(1280, 720, VideoResolution.Hd, VideoResolution.Sd)]
    [InlineData(640, 480, VideoResolution.Sd, VideoResolution.Hd)]
    [InlineData(640, 481, VideoResolution.Hd, VideoResolution.Sd)]
    [InlineData(0, 0, VideoResolution.Hd, VideoResolution.Sd)] // not known: it is as large as this camera can
    public async Task Do_Resolution_OnlyWhatTheInputIs(int width, int height, VideoResolution has, VideoResolution hasNot)
    {
        var told = new List<string?>();
        Camera(width == 0 ? null : new VideoFormat(VideoCodec.H264, width, height, 25, 66, 31)).ResolutionSet += message => told.Add(message.Message);
        string size = width == 0 ? "of unknown size" : $"{width}x{height}";

        Assert.Null(await _probe.DoAsync(new SetResolution(has)));
        await RejectedAsync(
            new SetResolution(hasNot), $"command: resolution {Name(hasNot)} refused, ", $"the input is a file and stays as it is, {size}");

        Assert.Equal($"command: resolution {Name(has)}, which the input is, {size}", _said[0]);
        Assert.Equal(width == 0 ? [] : [size], told);
    }

    private static string Name(VideoResolution resolution) => resolution == VideoResolution.Sd ? "SD" : "HD";

    private SimulatedCamera Camera(VideoFormat? input)
    {
        var camera = new SimulatedCamera(input, new CameraSpeaker(_time), _said.Add, _time, new Random(1));
        camera.AnswerTo(_probe.Handlers);
        return camera;
    }

    private async Task RejectedAsync(ControlCommand command, string says, string reason)
    {
        CommandRejectedException error = await Assert.ThrowsAsync<CommandRejectedException>(() => _probe.DoAsync(command));

        Assert.Equal(reason, error.Message);
        Assert.Equal(says + reason, _said[^1]);
    }
}
