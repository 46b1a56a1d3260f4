namespace Andmu.Pipeline.Control.Tests;

public sealed class CommandParserTests
{
    [Theory]
    [InlineData(1793, 5, """{"value":1}""", "StepPtz { Direction = Left }")]
    [InlineData(1793, 5, """{"value":0}""", "StepPtz { Direction =  }")]
    [InlineData(1793, 15, """{"value":30}""", "SetMotionSensitivity { Sensitivity = 30 }")]
    [InlineData(1793, 15, """{" Value ":"80"}""", "SetMotionSensitivity { Sensitivity = 80 }")]
    [InlineData(1793, 19, """{"value":0}""", "SetStatusLight { On = False }")]
    [InlineData(1793, 21, """{"value":2}""", "SetNightVision { Mode = Auto }")]
    [InlineData(1793, 23, """{"value":180}""", "SetRotation { UpsideDown = True }")]
    [InlineData(1793, 29, """{"value":90}""", "SetSoundSensitivity { Sensitivity = 90 }")]
    [InlineData(1793, 30, """{"value":0}""", "SetResolution { HighDefinition = False }")]
    [InlineData(1793, 36, """{"value":60}""", "SetAntiFlicker { Hertz = 60 }")]
    [InlineData(1793, 37, """{"value":0}""", "SetMicrophone { On = False }")]
    [InlineData(1793, 81, """{"pan":-1000000,"tilt":5}""", "MovePtzTo { Position = PtzPosition { Pan = -1000000, Tilt = 5 } }")]
    [InlineData(1793, 82, """{"value":4}""", "MovePtz { Direction = Down }")]
    [InlineData(1793, 87, "{}", "FormatCard { }")]
    [InlineData(1793, 92, """{"value":4}""", "SetPersonCount { On = False }")]
    [InlineData(1793, 109, """{"value":1}""", "SetMotionTracking { On = True }")]
    [InlineData(1793, 116, """{"value":30}""", "SetTrackingReturnTime { Time = 00:00:30 }")]
    [InlineData(1793, 153, """{"value":1, "angle":30,"stand":1}""", "TakePanorama { Start = True, DegreesPerShot = 30, IsCeilingMounted = False }")]
    [InlineData(1792, 16, "{}", "QueryWifiNetworks { }")]
    [InlineData(1792, 81, "{}", "QueryPtzPosition { }")]
    [InlineData(1792, 85, "{}", "QueryCard { }")]
    [InlineData(1815, -1, """{"value":4}""", "SetDeviceOn { On = False }")]
    [InlineData(1793, 17, """{"ssid":"20d28","key":"canary"}""", "SetWifi { Ssid = 20d28, Bssid = , Encryption = , Key = *** }")]
    public void Parse_EachCommand_IsTyped(int request, int subRequest, string requestParams, string expected)
    {
        ReceivedCommand received = Requests.Parse(request, subRequest, requestParams);
        Assert.Null(received.Refusal);
        Assert.Equal(expected, received.Command!.ToString());
    }

    [Theory]
    [InlineData("{}", RefusalReason.MissingValue)]
    [InlineData("""{"value":true}""", RefusalReason.WrongType)]
    [InlineData("""{"value":31}""", RefusalReason.OutOfRange)]
    [InlineData("""{"value":30,"Value":30}""", RefusalReason.Malformed)]
    [InlineData("""{"value":30,"value":30}""", RefusalReason.Malformed)]
    [InlineData("""{"value":"\ud800"}""", RefusalReason.Malformed)]
    public void Parse_BadValue_IsRefused(string requestParams, RefusalReason reason) => Assert.Equal(reason, Requests.Parse(1793, 15, requestParams).Refusal?.Reason);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\ud800")]
    [InlineData("{\"msgContent\":\0}")]
    public void Parse_NoCommand_IsRefused(string json) => Assert.NotNull(CommandParser.Parse(json).Refusal);

    [Fact]
    public void Parse_LongOrDeep_IsRefused()
    {
        Assert.NotNull(CommandParser.Parse(new string(' ', 10_000_000)).Refusal);
        Assert.NotNull(CommandParser.Parse(new string('[', 1000) + new string(']', 1000)).Refusal);
    }

    [Fact]
    public void Failed_CopiesTheSession_AndSaysFailed()
    {
        ReceivedCommand received = Requests.Parse(1793, 87, "{}");
        Assert.True(received.IsAnswered);
        Assert.Equal(
            """{"msgCategory":"camera","msgContent":{"response":-1,"responseRequest":1793,"responseSubRequest":87},"msgSequence":1,"msgSession":394728981,"msgTimeStamp":1484541696}""",
            CommandResponse.Failed(received, 1, DateTimeOffset.FromUnixTimeSeconds(1484541696)));
    }

    [Fact]
    public void Schedule_OverTheWeeksEnd_IsActiveAndItsEndIsKnown()
    {
        ReceivedCommand received = Requests.Parse(1793, 26, """{"valueList":[{"repeat":64,"startTime ":"21:00","endTime":"10:00","status":true,"index":0}],"valueListNum":1}""");
        WeeklySchedule schedule = Assert.IsType<SetOffSchedule>(received.Command).Schedule;
        var sunday = new DateTimeOffset(2026, 11, 29, 9, 59, 30, TimeSpan.Zero);
        Assert.True(schedule.IsActive(sunday));
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero), schedule.NextChange(sunday));
        Assert.False(schedule.IsActive(sunday.AddMinutes(1)));
    }

    [Fact]
    public void Blocks_NumbersAndRectangles_AreTheSame()
    {
        MotionBlocks blocks = MotionBlocks.OfNumbers([1, 2, 10, 25]);
        Assert.Equal("1;2;10;25", blocks.ToString());
        Assert.Equal(blocks, MotionBlocks.Of(blocks.ToRegions()));
        Assert.Equal(MotionBlocks.All, MotionBlocks.OfNumbers(Enumerable.Range(1, 25)));
    }
}
