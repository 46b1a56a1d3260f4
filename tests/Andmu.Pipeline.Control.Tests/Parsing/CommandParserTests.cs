using System.Text;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Tests.Parsing;

public sealed class CommandParserTests
{
    private static ReceivedCommand Parse(int request, int? subRequest, string parameters)
    {
        string sub = subRequest is null ? "" : $"\"subRequest\":{subRequest},";
        return CommandParser.Parse($$$"""{"msgSession":7,"msgContent":{"request":{{{request}}},{{{sub}}}"requestParams":{{{parameters}}}}}""");
    }

    private static RefusalReason? Refusal(int subRequest, string parameters) => Parse(1793, subRequest, parameters).Refusal?.Reason;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("33")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{'request':1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"msgSession\":0x12345678}")]
    public void Parse_NoJsonObject_Malformed(string? json)
    {
        ReceivedCommand received = CommandParser.Parse(json);

        Assert.Equal(RefusalReason.Malformed, received.Refusal?.Reason);
        Assert.Null(received.Code);
        Assert.False(received.HasResponse);
    }

    [Fact]
    public void Parse_EmptyObject_MissingKeyNamed()
    {
        Assert.Equal(new CommandRefusal(RefusalReason.MissingKey, "msgContent is missing."), CommandParser.Parse("{}").Refusal);
        Assert.Equal(
            new CommandRefusal(RefusalReason.MissingKey, "msgContent.request is missing."), CommandParser.Parse("{\"msgContent\":{}}").Refusal);
    }

    [Fact]
    public void Parse_OutOfRange_MessageNamesKeyAndRange() => Assert.Equal(
        "msgContent.requestParams.value must be one of 30, 50, 80, 90, 100.", Parse(1793, 15, "{\"value\":31}").Refusal?.Message);

    [Fact]
    public void Parse_BadEntry_MessageNamesItsPlace() => Assert.Equal(
        "msgContent.requestParams.valueList[1].width is missing.",
        Parse(1793, 94, """{"valueList":[{"x":0,"y":0,"width":1,"height":1},{"x":0,"y":0,"height":1}]}""").Refusal?.Message);

    [Fact]
    public void Parse_InvalidUtf8_InvalidText()
    {
        byte[] json = Encoding.UTF8.GetBytes(Examples.All[0].Json);
        json[json.AsSpan().IndexOf("camera"u8)] = 0xFF;

        Assert.Equal(RefusalReason.InvalidText, CommandParser.Parse(json).Refusal?.Reason);
    }

    [Fact]
    public void Parse_SizeAtLimit_AcceptedAndOneMoreRefused()
    {
        string json = Examples.All[0].Json;
        string padded = json.PadRight(CommandParser.MaxMessageBytes);

        Assert.True(CommandParser.Parse(padded).IsAccepted);
        Assert.Equal(RefusalReason.TooLong, CommandParser.Parse(padded + " ").Refusal?.Reason);
        Assert.Equal(RefusalReason.TooLong, CommandParser.Parse(Encoding.UTF8.GetBytes(padded + " ")).Refusal?.Reason);
        // Fewer UTF-16 units than the limit, more bytes.
        string wide = json.Replace("camera", new string('\u4e2d', 22_000), StringComparison.Ordinal);
        Assert.Equal(RefusalReason.TooLong, CommandParser.Parse(wide).Refusal?.Reason);
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(14, false)]
    public void Parse_DepthAtLimit_AcceptedAndOneMoreRefused(int arrays, bool accepted)
    {
        string nest = new string('[', arrays) + new string(']', arrays);

        ReceivedCommand received = Parse(1793, 87, $$"""{"x":{{nest}}}""");

        Assert.Equal(accepted, received.IsAccepted);
        Assert.Equal(accepted ? null : RefusalReason.TooDeep, received.Refusal?.Reason);
    }

    [Fact]
    public void Parse_SixteenThousandKeys_Accepted()
    {
        string keys = string.Join(',', Enumerable.Range(0, 5000).Select(number => $"\"k{number}\":0"));

        Assert.True(Parse(1793, 87, $"{{{keys}}}").IsAccepted);
    }

    [Fact]
    public void Parse_DuplicateInUnknownObject_DuplicateKey() =>
        Assert.Equal(RefusalReason.DuplicateKey, Refusal(87, """{"later":[{"a":1,"A ":2}]}"""));

    [Theory]
    [InlineData(1793, 999)]
    [InlineData(1793, null)]
    [InlineData(1793, -1)]
    [InlineData(1792, 15)]
    [InlineData(0x071C, null)]
    [InlineData(4097, 1)]
    public void Parse_NumbersOfNoCommand_UnknownCommand(int request, int? subRequest)
    {
        ReceivedCommand received = Parse(request, subRequest, """{"value":1}""");

        Assert.Equal(RefusalReason.UnknownCommand, received.Refusal?.Reason);
        Assert.Equal(new CommandCode(request, subRequest), received.Code);
        Assert.False(received.HasResponse);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(null)]
    public void Parse_PowerWithAndWithoutSubRequest_Command(int? subRequest) =>
        Assert.Equal(new SetDevicePower(On: false), Parse(1815, subRequest, """{"value":4}""").Command);

    [Theory]
    [InlineData(87)]
    [InlineData(16)]
    public void Parse_NoParamsWhereNoneAreNeeded_Command(int subRequest) => Assert.True(
        CommandParser.Parse($$$"""{"msgContent":{"request":{{{(subRequest == 87 ? 1793 : 1792)}}},"subRequest":{{{subRequest}}}}}""").IsAccepted);

    [Fact]
    public void Parse_ParamsNoObject_WrongType() => Assert.Equal(RefusalReason.WrongType, Refusal(87, "[]"));

    [Theory]
    [InlineData(15, "30 50 80 90 100", 0, 120)]
    [InlineData(29, "80 85 90 95 100", 0, 120)]
    [InlineData(37, "0 1", -2, 5)]
    [InlineData(30, "0 1", -2, 5)]
    [InlineData(23, "0 180", -2, 400)]
    [InlineData(19, "0 1", -2, 5)]
    [InlineData(21, "0 1 2", -2, 5)]
    [InlineData(36, "50 60", 0, 70)]
    [InlineData(5, "0 1 2 3 4", -2, 9)]
    [InlineData(82, "0 1 2 3 4", -2, 9)]
    [InlineData(92, "1 4", -2, 9)]
    [InlineData(109, "0 1", -2, 5)]
    public void Parse_EveryValue_ExactlyThoseOfTheSpecification(int subRequest, string allowed, int from, int to)
    {
        int[] values = [.. allowed.Split(' ').Select(text => int.Parse(text, null))];
        var commands = new HashSet<ControlCommand>();
        for (int value = from; value <= to; value++)
        {
            ReceivedCommand received = Parse(1793, subRequest, $$"""{"value":{{value}}}""");
            Assert.Equal(values.Contains(value), received.IsAccepted);
            if (received.IsAccepted)
            {
                Assert.True(commands.Add(received.Command));
            }
        }

        Assert.Equal(values.Length, commands.Count);
    }

    [Theory]
    [InlineData(-1_000_000, true)]
    [InlineData(1_000_000, true)]
    [InlineData(-1_000_001, false)]
    [InlineData(1_000_001, false)]
    public void Parse_PtzPosition_WithinAMillion(int value, bool accepted)
    {
        Assert.Equal(accepted, Parse(1793, 81, $$"""{"pan":{{value}},"tilt":0}""").IsAccepted);
        Assert.Equal(accepted, Parse(1793, 81, $$"""{"pan":0,"tilt":{{value}}}""").IsAccepted);
    }

    [Fact]
    public void Parse_PtzZero_HomeAndStop()
    {
        Assert.Equal(new StepPtz(null), Parse(1793, 5, """{"value":0}""").Command);
        Assert.Equal(new TurnPtz(null), Parse(1793, 82, """{"value":0}""").Command);
    }

    [Theory]
    [InlineData("""{"left":2,"top":0,"right":2,"bottom":1}""")]
    [InlineData("""{"left":3,"top":0,"right":1,"bottom":1}""")]
    [InlineData("""{"left":0,"top":2,"right":1,"bottom":2}""")]
    [InlineData("""{"left":5,"top":0,"right":5,"bottom":1}""")]
    [InlineData("""{"left":0,"top":0,"right":6,"bottom":1}""")]
    [InlineData("""{"left":0,"top":0,"right":1,"bottom":1,"enable":0}""")]
    [InlineData("3")]
    public void Parse_MotionRegionOffTheGrid_Refused(string entry) => Assert.NotNull(Refusal(56, $$"""{"valueList":[{{entry}}]}"""));

    [Fact]
    public void Parse_MotionRegionNotEnabled_LeftOut() => Assert.Equal(
        new SetMotionRegions(MotionRegions.FromNumbers([1])),
        Parse(
            1793, 56,
            """{"valueList":[{"left":0,"top":0,"right":1,"bottom":1,"enable":1},{"left":1,"top":0,"right":2,"bottom":1,"enable":0}]}""").Command);

    [Theory]
    [InlineData(56, 26, """{"left":0,"top":0,"right":1,"bottom":1}""")]
    [InlineData(94, 26, """{"x":0,"y":0,"width":1,"height":1}""")]
    [InlineData(26, 8, """{"repeat":1,"startTime":"1:00","endTime":"2:00","status":1,"index":0}""")]
    [InlineData(93, 8, """{"repeat":1,"startTime":"1:00","endTime":"2:00","status":1,"index":0}""")]
    public void Parse_OneEntryTooMany_TooLong(int subRequest, int count, string entry)
    {
        string List(int length) => $$"""{"valueList":[{{string.Join(',', Enumerable.Repeat(entry, length))}}]}""";

        Assert.Null(Refusal(subRequest, List(count - 1)));
        Assert.Equal(RefusalReason.TooLong, Refusal(subRequest, List(count)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Parse_ValueListNumOtherThanTheList_OutOfRange(int number) => Assert.Equal(
        RefusalReason.OutOfRange, Refusal(94, $$"""{"valueListNum":{{number}},"valueList":[{"x":0,"y":0,"width":1,"height":1}]}"""));

    [Theory]
    [InlineData("""{"x":1000,"y":1000,"width":0,"height":0}""", true)]
    [InlineData("""{"x":0,"y":0,"width":1000,"height":1000}""", true)]
    [InlineData("""{"x":1,"y":0,"width":1000,"height":1000}""", false)]
    [InlineData("""{"x":0,"y":501,"width":0,"height":500}""", false)]
    [InlineData("""{"x":1001,"y":0,"width":0,"height":0}""", false)]
    public void Parse_PersonRegion_WithinThePicture(string entry, bool accepted) =>
        Assert.Equal(accepted, Refusal(94, $$"""{"valueList":[{{entry}}]}""") is null);

    [Theory]
    [InlineData("24:00")]
    [InlineData("12:60")]
    [InlineData("12")]
    [InlineData("12:00:00")]
    [InlineData("-1:00")]
    [InlineData("")]
    [InlineData("\u0661\u0662:00")]
    public void Parse_NoTimeOfDay_OutOfRange(string time) => Assert.Equal(
        RefusalReason.OutOfRange,
        Refusal(26, $$"""{"valueList":[{"repeat":1,"startTime":"{{time}}","endTime":"2:00","status":true,"index":0}]}"""));

    [Theory]
    [InlineData("128", "0")]
    [InlineData("-1", "0")]
    [InlineData("1", "7")]
    [InlineData("1", "-1")]
    public void Parse_RepeatOrIndexBeyond_OutOfRange(string repeat, string index) => Assert.Equal(
        RefusalReason.OutOfRange,
        Refusal(26, $$"""{"valueList":[{"repeat":{{repeat}},"startTime":"1:00","endTime":"2:00","status":true,"index":{{index}}}]}"""));

    [Theory]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public void Parse_EntryStatus_BareAndInQuotes(string status, bool enabled)
    {
        var command = (SetOffSchedule?)Parse(
            1793, 26, $$"""{"valueList":[{"repeat":1,"startTime":"1:00","endTime":"2:00","status":{{status}},"index":0}]}""").Command;

        Assert.Equal(new ScheduleEntry(WeekDays.Sunday, new TimeOnly(1, 0), new TimeOnly(2, 0), enabled, 0), command?.Schedule.Entries[0]);
    }

    [Theory]
    [InlineData(",\"status\":1", true)]
    [InlineData(",\"status\":4", false)]
    [InlineData(",\"status\":0", false)]
    [InlineData("", null)]
    public void Parse_PersonScheduleStatus_OnOffOrAsItWas(string status, bool? on) =>
        Assert.Equal(new SetPersonSchedule(WeeklySchedule.Never, on), Parse(1793, 93, $$"""{"valueList":[]{{status}}}""").Command);

    [Theory]
    [InlineData("ftp://host/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("http://")]
    [InlineData("javascript:alert(1)")]
    public void Parse_FirmwareUrlOfOtherKind_OutOfRange(string url) => Assert.Equal(
        RefusalReason.OutOfRange,
        Parse(4097, null, Firmware(url, "ec5fd1e4b7e6d3a31f821203a19ccf43")).Refusal?.Reason);

    [Theory]
    [InlineData("EC5FD1E4B7E6D3A31F821203A19CCF43", true)]
    [InlineData("ec5fd1e4b7e6d3a31f821203a19ccf4", false)]
    [InlineData("ec5fd1e4b7e6d3a31f821203a19ccf433", false)]
    [InlineData("ec5fd1e4b7e6d3a31f821203a19ccf4g", false)]
    public void Parse_FirmwareMd5_ThirtyTwoHexDigits(string md5, bool accepted)
    {
        ReceivedCommand received = Parse(4097, null, Firmware("https://host/a", md5));

        Assert.Equal(accepted, received.IsAccepted);
        Assert.Equal(accepted ? md5.ToLowerInvariant() : null, (received.Command as UpgradeFirmware)?.Md5);
    }

    [Fact]
    public void Parse_OpenNetworkAndOddNames_AsTheyCame()
    {
        const string Ssid = " $(reboot); \u4e2d\u56fd 'x' ";

        ReceivedCommand received = Parse(1793, 17, $$"""{"ssid":"{{Ssid}}","bssid":"","encryption":"","key":""}""");

        Assert.Equal(new SetWifi(Ssid, "", "", ""), received.Command);
    }

    [Theory]
    [InlineData("", "k")]
    [InlineData("123456789012345678901234567890123", "k")]
    [InlineData("s", "12345678901234567890123456789012345678901234567890123456789012345")]
    public void Parse_SsidOrKeyOfImpossibleLength_Refused(string ssid, string key) =>
        Assert.NotNull(Refusal(17, $$"""{"ssid":"{{ssid}}","bssid":"","encryption":"","key":"{{key}}"}"""));

    [Theory]
    [InlineData("86400", true)]
    [InlineData("0", true)]
    [InlineData("86401", false)]
    [InlineData("-1", false)]
    public void Parse_TrackingReturnTime_UpToADay(string seconds, bool accepted) =>
        Assert.Equal(accepted, Refusal(116, $$"""{"value":{{seconds}}}""") is null);

    [Fact]
    public void Parse_PanoramaStop_NeedsNoAngle()
    {
        Assert.Equal(new SetPanorama(On: false, 0, CameraStand.Upright), Parse(1793, 153, """{"value":0}""").Command);
        Assert.Equal(RefusalReason.MissingKey, Refusal(153, """{"value":1,"stand":1}"""));
        Assert.Equal(RefusalReason.OutOfRange, Refusal(153, """{"value":1,"angle":0,"stand":1}"""));
    }

    private static string Firmware(string url, string md5) =>
        $$"""{"serviceType":2,"url":"{{url}}","newServiceVersion":"1","checkSum":"{{md5}}"}""";
}
