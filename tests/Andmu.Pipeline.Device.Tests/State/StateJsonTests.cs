using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.State;

namespace Andmu.Pipeline.Device.Tests.State;

/// <summary>The files that devices have kept: what one version has written every later one reads.</summary>
public sealed class StateJsonTests : IDisposable
{
    private const string Switches = """{ "isOn": false, "isMicrophoneOn": true }""";

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("andmu-state-").FullName, "kept.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Registration_WrittenAndRead_IsTheSame() => AssertKept(
        new KeptRegistration("Zhejian", "330100100000001", "13800000000", "ab12", "to\"ken\u00e9", "uid"),
        StateJson.Registration,
        """{"accessKey":"Zhejian","deviceId":"330100100000001","userMobile":"13800000000","registeredFor":"ab12","deviceToken":"to\u0022ken\u00E9","unifiedId":"uid"}""");

    [Fact]
    public void Schedules_WrittenAndRead_AreTheSame()
    {
        var entry = new ScheduleEntry(WeekDays.Monday | WeekDays.Saturday, new TimeOnly(21, 0), new TimeOnly(10, 30), true, 3);
        var kept = new KeptSchedules([entry], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), [], true, [entry, entry], false, true);
        KeptSchedules read = Rewrite(
            kept, StateJson.Schedules,
            """{"off":[{"days":66,"start":"21:00:00","end":"10:30:00","enabled":true,"index":3}],"onUntil":"2026-01-02T03:04:05+00:00","persons":[],"isCountingPersons":true,"alarmOff":[{"days":66,"start":"21:00:00","end":"10:30:00","enabled":true,"index":3},{"days":66,"start":"21:00:00","end":"10:30:00","enabled":true,"index":3}],"isOffTold":false,"arePersonsOffTold":true}""");
        Assert.True(read.IsSameAs(kept));
        Assert.True(Rewrite(KeptSchedules.None, StateJson.Schedules, null).IsSameAs(KeptSchedules.None));
    }

    [Theory]
    [InlineData("\"app-7\"")]
    [InlineData(null)]
    public void Upgrade_WrittenAndRead_IsTheSame(string? session) => AssertKept(
        new KeptUpgrade(session, FirmwareKind.CameraApp, "2.0.0", FirmwareStage.InstallStarted), StateJson.Upgrade,
        session is null ? """{"session":null,"kind":2,"newVersion":"2.0.0","stage":5}""" : """{"session":"\u0022app-7\u0022","kind":2,"newVersion":"2.0.0","stage":5}""");

    [Fact]
    public void Statistics_WrittenAndRead_AreTheSame()
    {
        AssertKept(KeptStatistics.None, StateJson.Statistics, null);
        AssertKept(
            new KeptStatistics(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateOnly(2026, 1, 2), new StatisticsTotals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, long.MaxValue)),
            StateJson.Statistics,
            """{"start":"2026-01-02T03:04:05+00:00","lastDay":"2026-01-02","totals":{"bytes":1,"videoFrames":2,"droppedVideoFrames":3,"audioFrames":4,"droppedAudioFrames":5,"onlineMs":6,"disconnects":7,"starts":8,"delayMs":9,"batches":10,"openApiFailures":11,"addressRequests":9223372036854775807}}""");
    }

    [Theory]
    [InlineData("""{ "isOn": false, "isMicrophoneOn": true, "ofAVersionToCome": { "a": [1] } }""")]
    [InlineData(Switches)]
    public void Switches_Known_AreRead(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Equal(new KeptSwitches(IsOn: false, IsMicrophoneOn: true), new StateFile<KeptSwitches>(_path, StateJson.Switches).Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{ "isOn": false }""")]
    [InlineData("""{ "isOn": false, "isOn": true, "isMicrophoneOn": true }""")]
    [InlineData("""{ "ison": false, "isMicrophoneOn": true }""")]
    [InlineData("""{ "isOn": 1, "isMicrophoneOn": true }""")]
    [InlineData("""{ "isOn": null, "isMicrophoneOn": true }""")]
    [InlineData("""{ "isOn": false, "isMicrophoneOn": true, }""")]
    [InlineData("""{ "isOn": false, "isMicrophoneOn": true } x""")]
    [InlineData("""{ "isOn": false, "isMicrophoneOn": true, "deep": [[[[[[[[[[]]]]]]]]]] }""")]
    public void Switches_NotOurs_AreAFormatException(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Throws<FormatException>(() => new StateFile<KeptSwitches>(_path, StateJson.Switches).Read());
    }

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("8:00")]
    [InlineData("")]
    [InlineData("08:00:00.5")]
    public void Schedules_TimeThatIsNone_IsAFormatException(string time)
    {
        File.WriteAllText(_path, $$"""
            { "off": [{ "days": 1, "start": "{{time}}", "end": "10:00:00", "enabled": true, "index": 0 }], "onUntil": null, "persons": [],
              "isCountingPersons": true, "alarmOff": [], "isOffTold": false, "arePersonsOffTold": false }
            """);
        Assert.Throws<FormatException>(() => new StateFile<KeptSchedules>(_path, StateJson.Schedules).Read());
    }

    private void AssertKept<T>(T kept, StateForm<T> form, string? text)
        where T : class => Assert.Equal(kept, Rewrite(kept, form, text));

    /// <summary>Through a file, which is as the text says but for its blanks.</summary>
    private T Rewrite<T>(T kept, StateForm<T> form, string? text)
        where T : class
    {
        var file = new StateFile<T>(_path, form);
        file.Write(kept);
        if (text is not null)
        {
            Assert.Equal(text, string.Concat(File.ReadAllText(_path).Split('\n').Select(static line => line.Trim().Replace("\": ", "\":", StringComparison.Ordinal))));
        }

        return file.Read()!;
    }
}
