namespace Andmu.Pipeline.Control.Tests;

/// <summary>The commands with more than one value, by the examples of the specification.</summary>
public sealed class ListCommandTests
{
    private const string Line = """{"repeat":127,"startTime ":"21:00","endTime":"10:00","status":true,"index":0}""";

    [Fact]
    public void MotionRegions_OfTheSpecification_AreRectanglesAndBlocks()
    {
        var command = Command<SetMotionRegions>(1793, 56, """
            {"valueListNum":2,"valueList":[{"jd":0,"left":3,"top":2,"right":4,"bottom":3,"sensitivity":0,"enable":1},
            {"id":1,"left":3,"top":3,"right":4,"bottom":4,"sensitivity":0,"enable":1}]}
            """);
        Assert.Equal([new MotionRegion(0, 3, 2, 4, 3, 0, true), new MotionRegion(1, 3, 3, 4, 4, 0, true)], command.Regions);
        Assert.Equal("14;17", command.Blocks.ToString());
    }

    [Fact]
    public void MotionRegions_None_AreTheWholePicture() =>
        Assert.True(Command<SetMotionRegions>(1793, 56, """{"valueList":[],"valueListNum":0}""").Blocks.IsAll);

    [Theory]
    [InlineData("""{"left":3,"top":2,"right":3,"bottom":3}""")]
    [InlineData("""{"left":-1,"top":2,"right":3,"bottom":3}""")]
    [InlineData("""{"left":0,"top":0,"right":6,"bottom":3}""")]
    public void MotionRegions_OutsideOfTheGrid_AreRefused(string region) =>
        Assert.Equal(RefusalReason.OutOfRange, Requests.Parse(1793, 56, $$"""{"valueList":[{{region}}]}""").Refusal?.Reason);

    [Fact]
    public void PersonRegions_OfTheSpecification_AreRead() => Assert.Equal(
        [new PictureRegion(0, 3, 2, 4), new PictureRegion(3, 7, 2, 4)],
        Command<SetPersonRegions>(1793, 94, """{"valueListNum":2,"valueList":[{"x":0,"y":3,"width":2,"height":4},{"x":3,"y":7,"width":2,"height":4}]}""").Regions);

    [Fact]
    public void PersonSchedule_OfTheSpecification_IsRead()
    {
        var command = Command<SetPersonSchedule>(1793, 93, $$"""{"valueList":[{{Line}}],"valueListNum":1,"status":1}""");
        Assert.True(command.On);
        Assert.Equal([new ScheduleSpan(Weekdays.Every, new TimeOnly(21, 0), new TimeOnly(10, 0), true, 0)], command.Schedule.Spans);
    }

    [Fact]
    public void Schedule_MoreThanSevenLines_IsRefused()
    {
        string lines = string.Join(',', Enumerable.Repeat(Line, 8));
        Assert.Equal(RefusalReason.OutOfRange, Requests.Parse(1793, 26, $$"""{"valueList":[{{lines}}]}""").Refusal?.Reason);
    }

    [Fact]
    public void Upgrade_OfTheSpecification_IsRead_AndShowsNoSecretOfItsAddress()
    {
        var command = Command<UpgradeFirmware>(4097, -1, """
            {"serviceType":1,"url":"https://user:canary@fw.test/a/b.enc?sign=canary","newServiceVersion":"1.0.0.526","checkSum":"EC5fd1e4b7e6d3a31f821203a19ccf43"}
            """);
        Assert.Equal((UpgradeTarget.Firmware, "1.0.0.526", "ec5fd1e4b7e6d3a31f821203a19ccf43"), (command.Target, command.Version, command.Md5));
        Assert.Contains("https://fw.test/a/b.enc", command.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", command.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "ec5fd1e4b7e6d3a31f821203a19ccf43")]
    [InlineData("a/b", "ec5fd1e4b7e6d3a31f821203a19ccf43")]
    [InlineData("https://fw.test/", "ec5fd1")]
    public void Upgrade_BadAddressOrChecksum_IsRefused(string url, string md5) => Assert.Equal(
        RefusalReason.OutOfRange,
        Requests.Parse(4097, -1, $$"""{"serviceType":1,"url":"{{url}}","newServiceVersion":"1","checkSum":"{{md5}}"}""").Refusal?.Reason);

    private static TCommand Command<TCommand>(int request, int subRequest, string requestParams)
    {
        ReceivedCommand received = Requests.Parse(request, subRequest, requestParams);
        Assert.Null(received.Refusal);
        return Assert.IsType<TCommand>(received.Command);
    }
}
