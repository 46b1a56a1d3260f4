using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Device.Switches;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;
using CsCheck;
using OpenApiEntry = Andmu.Pipeline.OpenApi.ScheduleEntry;
using ScheduleEntry = Andmu.Pipeline.Control.Schedules.ScheduleEntry;

namespace Andmu.Pipeline.Device.Tests.Switches;

/// <summary>Switches and schedules on a clock that a test moves: what is on when, what the platform is told, and what a restart makes of it.</summary>
public sealed class DeviceSwitchesTests : IDisposable
{
    private static readonly WeeklySchedule Nights = new([Entry(WeekDays.EveryDay, 21, 7)]); // the epoch is a Thursday, 00:00

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("andmu-switches-");
    private readonly VirtualTime _time = new();
    private readonly RecordingLoggers _log = new();
    private readonly List<(DateTimeOffset Time, bool? On, bool? Persons)> _told = [];
    private readonly List<(DateTimeOffset Time, bool On)> _changes = [];
    private readonly MediaTrack _audio = MediaTrack.AddAudio(new MediaBuffer());
    private SwitchPositions _applied;
    private TimeSpan _offset;
    private DeviceSwitches _switches;

    public DeviceSwitchesTests() => _switches = Create();

    public void Dispose()
    {
        _switches.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Schedule_ADay_SwitchesAndTells()
    {
        _switches.OnRegistered();
        Pass(TimeSpan.FromHours(12));
        _switches.Do(new SetOffSchedule(Nights));

        Pass(TimeSpan.FromDays(1));

        Assert.Equal([(Hour(21), false), (Hour(31), true)], _changes);
        Assert.Equal([(Hour(21), false, null), (Hour(31), true, null)], _told.Select(static told => (told.Time, told.On!.Value, told.Persons)));
        Assert.Contains(_log.Lines, static line => line.Text.StartsWith("The schedule has switched the device off", StringComparison.Ordinal));
    }

    [Fact]
    public void Schedule_AWholeYear_IsOnAsItSaysInEveryMinute() => Gen
        .Select(Gen.Int[0, 127], Gen.Int[0, 1439], Gen.Int[0, 1439])
        .Select(static (days, start, end) => new ScheduleEntry((WeekDays)days, Minute(start), Minute(end), true, 0))
        .Array[1, 3].Sample(
            entries =>
            {
                var time = new VirtualTime();
                bool on = true;
                using var switches = new DeviceSwitches(
                    new SwitchMemory(new StateStore(null, time, _log)), null, countsPersons: false, time.GetUtcNow,
                    positions => on = positions.IsOn, static _ => { }, time, _log);
                var schedule = new WeeklySchedule(entries);
                switches.Do(new SetOffSchedule(schedule));
                for (DateTimeOffset end = time.GetUtcNow().AddDays(366); time.GetUtcNow() < end;)
                {
                    DateTimeOffset next = schedule.NextChange(time.GetUtcNow()) ?? end;
                    Assert.Equal(!schedule.IsActive(time.GetUtcNow()), on);
                    time.Advance(next - time.GetUtcNow() - TimeSpan.FromTicks(1));
                    Assert.Equal(!schedule.IsActive(time.GetUtcNow()), on);
                    time.Advance(TimeSpan.FromTicks(1));
                }
            },
            iter: 8, threads: 1);

    [Fact]
    public void Schedule_ClockIsWrong_FollowsThePlatformsClock()
    {
        _switches.OnRegistered();
        _switches.Do(new SetOffSchedule(Nights));
        Assert.False(_switches.IsOn); // it is midnight

        _offset = TimeSpan.FromHours(12);
        _switches.Refresh();

        Assert.True(_switches.IsOn);
    }

    [Fact]
    public void Schedule_ClockIsSetMeanwhile_IsNoticedWithinAMinute()
    {
        _switches.Do(new SetOffSchedule(Nights));
        Assert.False(_applied.IsOn);

        _offset = TimeSpan.FromHours(12);
        Pass(TimeSpan.FromMinutes(1));

        Assert.True(_applied.IsOn);
    }

    [Fact]
    public void Schedule_Replaced_OldOneIsForgotten()
    {
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Do(new SetOffSchedule(WeeklySchedule.Never));

        Assert.True(_switches.IsOn);
        Pass(TimeSpan.FromDays(2));
        Assert.True(_switches.IsOn);
    }

    [Fact]
    public void Command_Off_IsNotToldThePlatform()
    {
        _switches.OnRegistered();

        _switches.Do(new SetDevicePower(On: false));

        Assert.False(_applied.IsOn);
        Assert.Empty(_told);
    }

    [Fact]
    public void Command_OnInTheNight_HoldsUntilMorning()
    {
        _switches.OnRegistered();
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Do(new SetDevicePower(On: true));
        Assert.True(_switches.IsOn);

        Pass(TimeSpan.FromHours(20));
        Assert.True(_switches.IsOn);
        Pass(TimeSpan.FromHours(1));

        Assert.False(_switches.IsOn);
        Assert.Equal([(Hour(0), false), (Hour(21), false)], _told.Select(static told => (told.Time, told.On!.Value)));
    }

    [Fact]
    public void Command_OnInTheNightThenAPowerCut_StillHoldsUntilMorning()
    {
        _switches.OnRegistered();
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Do(new SetDevicePower(On: true));

        Restart();
        Assert.True(_switches.IsOn);
        Pass(TimeSpan.FromHours(21));

        Assert.False(_switches.IsOn);
    }

    [Fact]
    public void Host_Off_IsToldThePlatform()
    {
        _switches.OnRegistered();

        _switches.IsOn = false;

        Assert.Equal([(Hour(0), false, null)], _told.Select(static told => (told.Time, told.On!.Value, told.Persons)));
    }

    [Fact]
    public void Restart_InTheNight_SettingsRepeatOurOffAndItIsNotTakenForTheUsers()
    {
        _switches.OnRegistered();
        _switches.Do(new SetOffSchedule(Nights));
        Restart();
        _switches.OnRegistered();

        _switches.Apply(new CameraSettings { Status = false });
        Assert.False(_switches.IsOn);
        Pass(TimeSpan.FromHours(7));

        Assert.True(_switches.IsOn);
        Assert.Equal((Hour(7), true, null), _told[^1]);
    }

    [Fact]
    public void Restart_AfterTheNight_SettingsRepeatOurOffAndThePlatformIsToldOn()
    {
        _switches.OnRegistered();
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Dispose();
        Pass(TimeSpan.FromHours(12));
        _switches = Create();
        _switches.OnRegistered();

        _switches.Apply(new CameraSettings { Status = false });

        Assert.True(_switches.IsOn);
        Assert.Equal((Hour(12), true, null), _told[^1]);
    }

    [Fact]
    public void Restart_UserHadSwitchedItOff_StaysOff()
    {
        _switches.OnRegistered();
        Pass(TimeSpan.FromHours(12));
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Do(new SetDevicePower(On: false));
        Restart();
        _switches.OnRegistered();

        _switches.Apply(new CameraSettings { Status = false });
        Pass(TimeSpan.FromDays(3));

        Assert.False(_switches.IsOn);
        Assert.Empty(_told);
    }

    [Fact]
    public void Restart_Schedules_AreKept()
    {
        _switches.Do(new SetOffSchedule(Nights));
        _switches.Do(new SetPersonSchedule(new WeeklySchedule([Entry(WeekDays.EveryDay, 9, 17)]), On: true));
        _switches.Apply(new CameraSettings { AlarmAlertOffSchedule = [new OpenApiEntry(0x7F, new TimeOnly(10, 0), new TimeOnly(11, 0), true, 0)] });

        Restart();

        Assert.Equal((false, false, false), (_switches.IsOn, _switches.IsCountingPersons, _switches.IsAlarmOff));
        Pass(TimeSpan.FromHours(10));
        Assert.Equal((true, true, true), (_switches.IsOn, _switches.IsCountingPersons, _switches.IsAlarmOff));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"off":[null],"onUntil":null,"persons":[],"isCountingPersons":false,"alarmOff":[],"isOffTold":false,"arePersonsOffTold":false}""")]
    [InlineData("""
        {"off":[{"days":1,"start":"21:00:01","end":"07:00:00","enabled":true,"index":0}],"onUntil":null,"persons":[],"isCountingPersons":false,
        "alarmOff":[],"isOffTold":false,"arePersonsOffTold":false}
        """)]
    public void Restart_SchedulesAreDamaged_AreLoggedAndStartEmpty(string file)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "schedules.json"), file);

        Restart();

        Assert.True(_switches.IsOn);
        Assert.Contains(_log.Lines, static line => line.Text.StartsWith("The schedules cannot be read", StringComparison.Ordinal));
        _switches.Do(new SetOffSchedule(Nights));
        Restart();
        Assert.False(_switches.IsOn);
    }

    [Fact]
    public void Settings_SchedulesOfAnotherLength_ReplaceWhatThereIs()
    {
        _switches.Do(new SetOffSchedule(Nights));

        _switches.Apply(new CameraSettings { CameraOffSchedule = [] });
        Assert.True(_switches.IsOn);
        _switches.Apply(new CameraSettings { CameraOffSchedule = [new OpenApiEntry(0x10, new TimeOnly(0, 0), new TimeOnly(1, 0), true, 0)] });
        Assert.False(_switches.IsOn);
        _switches.Apply(new CameraSettings());

        Assert.False(_switches.IsOn);
    }

    [Fact]
    public void Settings_ScheduleWithoutEnd_IsNotTaken()
    {
        _switches.Apply(new CameraSettings
        {
            CameraOffSchedule = [.. Enumerable.Range(0, 65).Select(static index => new OpenApiEntry(0x7F, new TimeOnly(0, 0), new TimeOnly(1, 0), true, index))],
        });

        Assert.True(_switches.IsOn);
    }

    [Fact]
    public void Persons_ScheduleAndSwitch_BothMustAgree()
    {
        _switches.OnRegistered();
        _switches.Do(new SetPersonCounting(On: true));
        Assert.True(_switches.IsCountingPersons);
        Assert.Empty(_told);

        _switches.Do(new SetPersonSchedule(new WeeklySchedule([Entry(WeekDays.EveryDay, 9, 17)]), On: null));
        Assert.False(_switches.IsCountingPersons);
        Pass(TimeSpan.FromHours(9));
        Assert.True(_switches.IsCountingPersons);
        _switches.Do(new SetPersonCounting(On: false));
        Assert.False(_switches.IsCountingPersons);
        Pass(TimeSpan.FromDays(1));

        Assert.False(_switches.IsCountingPersons);
        Assert.Equal([(Hour(0), null, false), (Hour(9), null, true)], _told);
    }

    [Fact]
    public void Persons_RestartAtNight_SettingsRepeatOurOffAndItIsNotTakenForTheUsers()
    {
        _switches.OnRegistered();
        _switches.Do(new SetPersonSchedule(new WeeklySchedule([Entry(WeekDays.EveryDay, 9, 17)]), On: true));
        Restart();
        _switches.OnRegistered();

        _switches.Apply(new CameraSettings { PersonStatus = false });
        Pass(TimeSpan.FromHours(9));

        Assert.True(_switches.IsCountingPersons);
    }

    [Fact]
    public void PowerChanged_HandlerThrows_IsLogged()
    {
        _switches.PowerChanged += static _ => throw new InvalidOperationException("host");

        _switches.IsOn = false;

        Assert.False(_switches.IsOn);
        Assert.Contains(_log.Lines, static line => line.Text.StartsWith("A handler of the host failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Microphone_Command_MutesTheTrack()
    {
        _switches.Do(new SetMicrophone(On: false));

        Assert.True(_audio.IsMuted);
        Restart();
        Assert.False(_switches.IsMicrophoneOn);
    }

    private static DateTimeOffset Hour(int hour) => VirtualTime.Epoch.AddHours(hour);

    private static TimeOnly Minute(int minute) => TimeOnly.MinValue.AddMinutes(minute);

    private static ScheduleEntry Entry(WeekDays days, int start, int end) => new(days, new TimeOnly(start, 0), new TimeOnly(end, 0), true, 0);

    /// <summary>In steps of a minute: timers see the time at which they fire.</summary>
    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private void Restart()
    {
        _switches.Dispose();
        _switches = Create();
    }

    private DeviceSwitches Create()
    {
        DateTimeOffset Now() => _time.GetUtcNow() + _offset;
        var switches = new DeviceSwitches(
            new SwitchMemory(new StateStore(_directory.FullName, _time, _log)), _audio, countsPersons: true, Now, positions => _applied = positions,
            update => _told.Add((Now(), update.Status, update.PersonStatus)), _time, _log);
        switches.PowerChanged += on => _changes.Add((Now(), on));
        return switches;
    }
}
