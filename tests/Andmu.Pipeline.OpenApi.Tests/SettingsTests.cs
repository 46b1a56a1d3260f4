using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>How <c>camRW</c> is read (specification 5.1.5).</summary>
public sealed class SettingsTests
{
    // The example of the specification, stray blanks and trailing commas included. Two commas that it lacks were put in.
    internal const string Example = """
        {
            "HDVideo": "On",
            "antiFlicker": "50",
            "cameralmageRotate": "Off",
            "cameraMicrophone": "Off",
            "motionSensitivity": "80",
            "nightVision": "Auto",
            "soundSensitivity": "90",
            "status": "On",
            "statusLight": "On",
            "title": "my office",
            "motionRegions": "1;2;3;25",
            "motionNotification": "On",
            "soundNotification": "On",
            "motionTrackPackTime":"20",
            "motionTrackBackTime":"30",
            "cameraOffSchedule": {
                "valueList": [ { "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": true, "index": 0 } ],
                "valueListNum": 1
            },
            "alarmAlertOffSchedule": {
                "valueList": [ { "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": true, "index": 0 } ],
                "valueListNum": 1
            },
            "personStatus":"On",
            "personRegion":{
                "valueListNum": 2,
                "valueList": [ { "x": 0, "y": 3, "width": 2, "height": 4, }, { "x": 3, "y": 7, "width": 2, "height": 4, } ]
            },
            " personSchedules":{
                "valueList": [ { "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": true, "index": 0 } ],
                "valueListNum": 1
            }
        }
        """;

    [Fact]
    public async Task GetSettingsAsync_SpecificationSample_IsReadWhole()
    {
        CameraSettings settings = await ReadAsync(Example);
        ScheduleEntry[] nights = [new ScheduleEntry(127, new TimeOnly(21, 0), new TimeOnly(10, 0), true, 0)];
        Assert.Equal([1, 2, 3, 25], settings.MotionRegions!);
        Assert.Equal(nights, settings.CameraOffSchedule!);
        Assert.Equal(nights, settings.AlarmAlertOffSchedule!);
        Assert.Equal(nights, settings.PersonSchedules!);
        Assert.Equal([new PersonRegion(0, 3, 2, 4), new PersonRegion(3, 7, 2, 4)], settings.PersonRegions!);
        Assert.Equal(
            new CameraSettings
            {
                Title = "my office",
                Status = true,
                HdVideo = true,
                CameraMicrophone = false,
                StatusLight = true,
                CameraImageRotate = false,
                NightVision = NightVision.Auto,
                AntiFlicker = AntiFlicker.Hz50,
                MotionSensitivity = 80,
                SoundSensitivity = 90,
                MotionNotification = true,
                SoundNotification = true,
                MotionTrackBackTime = TimeSpan.FromSeconds(30),
                MotionTrackPackTime = TimeSpan.FromSeconds(20),
                PersonStatus = true,
            },
            settings with { MotionRegions = null, CameraOffSchedule = null, AlarmAlertOffSchedule = null, PersonSchedules = null, PersonRegions = null });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":null,"status":"","motionSensitivity":null,"cameraOffSchedule":null,"motionRegions":"","unknown":{"a":[1]}}""")]
    [InlineData("""{"status":" ","personRegion":"","antiFlicker":"","nightVision":null}""")]
    public async Task GetSettingsAsync_AbsentNullOrEmpty_IsNull(string camRw) => Assert.Equal(new CameraSettings(), await ReadAsync(camRw));

    [Theory]
    [InlineData("soundsensitivity")]
    [InlineData("SoundSensitivity")]
    [InlineData(" soundSensitivity ")]
    [InlineData("soundSensivity")]
    public async Task GetSettingsAsync_SoundSensitivityMisspelt_IsRead(string key) => Assert.Equal(85, (await ReadAsync($$"""{"{{key}}":85}""")).SoundSensitivity);

    [Theory]
    [InlineData("motionSensivity")]
    [InlineData("motionsensitivity")]
    public async Task GetSettingsAsync_MotionSensitivityMisspelt_IsRead(string key) => Assert.Equal(30, (await ReadAsync($$"""{"{{key}}":"30"}""")).MotionSensitivity);

    [Fact]
    public async Task GetSettingsAsync_RightAndWrongSpelling_RightOneCounts() =>
        Assert.Equal(50, (await ReadAsync("""{"motionSensivity":30,"motionSensitivity":50}""")).MotionSensitivity);

    [Theory]
    [InlineData("cameraImageRotate")]
    [InlineData("cameralmageRotate")]
    public async Task GetSettingsAsync_RotateWithEitherLetter_IsRead(string key) => Assert.True((await ReadAsync($$"""{"{{key}}":"On"}""")).CameraImageRotate);

    [Theory]
    [InlineData("\"On\"", true)]
    [InlineData("\"off\"", false)]
    [InlineData("\" ON \"", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public async Task GetSettingsAsync_SwitchInAnyForm_IsRead(string value, bool expected) =>
        Assert.Equal(expected, (await ReadAsync($$"""{"status":{{value}}}""")).Status);

    [Theory]
    [InlineData("\"50\"", AntiFlicker.Hz50)]
    [InlineData("60", AntiFlicker.Hz60)]
    [InlineData("\"On\"", AntiFlicker.On)]
    [InlineData("\"Off\"", AntiFlicker.Off)]
    public async Task GetSettingsAsync_AntiFlicker_IsAFrequencyOrASwitch(string value, AntiFlicker expected) =>
        Assert.Equal(expected, (await ReadAsync($$"""{"antiFlicker":{{value}}}""")).AntiFlicker);

    [Theory]
    [InlineData("\"auto\"", NightVision.Auto)]
    [InlineData("\"On\"", NightVision.On)]
    [InlineData("\"Off\"", NightVision.Off)]
    public async Task GetSettingsAsync_NightVision_IsAutoOrASwitch(string value, NightVision expected) =>
        Assert.Equal(expected, (await ReadAsync($$"""{"nightVision":{{value}}}""")).NightVision);

    [Fact]
    public async Task GetSettingsAsync_ScheduleInStrings_IsRead()
    {
        CameraSettings settings = await ReadAsync(
            """{"cameraOffSchedule":{"valueList":[{"repeat":"1","startTime":"9:05","endTime":"23:59","status":"false","index":"6"}]}}""");
        Assert.Equal([new ScheduleEntry(1, new TimeOnly(9, 5), new TimeOnly(23, 59), false, 6)], settings.CameraOffSchedule!);
    }

    [Theory]
    [InlineData("""{"cameraOffSchedule":{}}""")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[],"valueListNum":3}}""")]
    [InlineData("""{"cameraOffSchedule":{"valueList":null}}""")]
    public async Task GetSettingsAsync_EmptySchedule_IsAnEmptyListNotNull(string camRw) => Assert.Empty((await ReadAsync(camRw)).CameraOffSchedule!);

    [Theory]
    [InlineData("""{"title":{}}""", "title")]
    [InlineData("""{"title":["a"]}""", "title")]
    [InlineData("""{"title":"\ud800"}""", "title")]
    [InlineData("""{"status":"maybe"}""", "status")]
    [InlineData("""{"HDVideo":2}""", "HDVideo")]
    [InlineData("""{"cameralmageRotate":"x"}""", "cameralmageRotate")]
    [InlineData("""{"nightVision":"dusk"}""", "nightVision")]
    [InlineData("""{"antiFlicker":"55"}""", "antiFlicker")]
    [InlineData("""{"motionSensitivity":"high"}""", "motionSensitivity")]
    [InlineData("""{"motionSensitivity":101}""", "motionSensitivity")]
    [InlineData("""{"motionSensivity":-1}""", "motionSensivity")]
    [InlineData("""{"soundSensitivity":80.5}""", "soundSensitivity")]
    [InlineData("""{"soundSensitivity":99999999999999999999}""", "soundSensitivity")]
    [InlineData("""{"motionTrackBackTime":"-5"}""", "motionTrackBackTime")]
    [InlineData("""{"motionRegions":"1;26"}""", "motionRegions")]
    [InlineData("""{"motionRegions":"0"}""", "motionRegions")]
    [InlineData("""{"motionRegions":"1,2"}""", "motionRegions")]
    [InlineData("""{"motionRegions":[1,2]}""", "motionRegions")]
    [InlineData("""{"cameraOffSchedule":"21:00"}""", "cameraOffSchedule")]
    [InlineData("""{"cameraOffSchedule":{"valueList":{}}}""", "cameraOffSchedule.valueList")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[1]}}""", "cameraOffSchedule.valueList")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[{"repeat":128}]}}""", "cameraOffSchedule.valueList.repeat")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[{"repeat":1}]}}""", "startTime")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[{"repeat":1,"startTime":"24:00"}]}}""", "startTime")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[{"repeat":1,"startTime":"21:00","endTime":"noon"}]}}""", "endTime")]
    [InlineData("""{"cameraOffSchedule":{"valueList":[{"repeat":1,"startTime":"21:00","endTime":"22:00"}]}}""", "valueList.status")]
    [InlineData("""{"personRegion":{"valueList":[{"x":0,"y":3,"width":1001,"height":4}]}}""", "personRegion.valueList.width")]
    [InlineData("""{"personRegion":[]}""", "personRegion")]
    [InlineData("""{"status":"On","Status ":"Off"}""", "twice")]
    public async Task GetSettingsAsync_WrongValue_NamesTheKey(string camRw, string named)
    {
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => ReadAsync(camRw));
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("camRW", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSettingsAsync_TitleTooLong_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => ReadAsync($$"""{"title":"{{new string('和', 342)}}"}"""));
        Assert.Contains("title", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("和", exception.Message, StringComparison.Ordinal);
    }

    private static Task<CameraSettings> ReadAsync(string camRw) => Sample.Answering(Sample.Settings(camRw)).GetSettingsAsync(Sample.DeviceToken);
}
