using System.Text.Json.Nodes;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Tests.Reports;

/// <summary>Messages of the device's own as the specification prints them.</summary>
public sealed class ReportTests
{
    private static readonly MessageSession Session = MessageSession.FromNumber(1377903621);

    private static FirmwareProgress Progress(string comment) => new(FirmwareStage.Downloading, "1.25.630", "2.15.301", 50, 100, comment);

    private static DeviceStatistics Statistics(string? selfDefined = null) => new()
    {
        Start = DateTimeOffset.FromUnixTimeMilliseconds(1485011708000),
        End = DateTimeOffset.FromUnixTimeMilliseconds(1485098108000),
        TotalMegabytes = 233312342,
        TotalVideoFrames = 2000000,
        DroppedVideoFrames = 2344,
        TotalAudioFrames = 2000000,
        DroppedAudioFrames = 2345,
        Online = TimeSpan.FromHours(10),
        DisconnectCount = 10,
        RebootCount = 2,
        MeanDelay = TimeSpan.FromMilliseconds(500.9),
        OpenApiFailureCount = 0,
        AddressRequestCount = 5,
        SelfDefined = selfDefined,
    };

    [Fact]
    public void FirmwareProgress_Example_AsPrintedWithTextsForNumbers() => Assert.Equal(
        OneLine.Of("""
            {"msgSession":1377903621,"msgCategory":"camera","msgContent":{"request":2049,"requestParams":{"firmwareversion":"1.25.630",
            "cameraappversion":"2.15.301","status":"2","currentSize":"50","totalSize":"100","comment":""}}}
            """),
        Progress("").ToJson(Session));

    [Theory]
    [InlineData(FirmwareStage.DownloadStarted, "1")]
    [InlineData(FirmwareStage.InstallFailed, "8")]
    public void FirmwareProgress_Stage_ItsNumber(FirmwareStage stage, string status) => Assert.Contains(
        $"\"status\":\"{status}\"", (Progress("") with { Stage = stage }).ToJson(default), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void FirmwareProgress_NoStage_Throws(int stage) =>
        Assert.Throws<InvalidOperationException>(() => (Progress("") with { Stage = (FirmwareStage)stage }).ToJson(Session));

    [Theory]
    [InlineData(2047, 2049)]
    [InlineData(2046, 2048)]
    [InlineData(2045, 2047)]
    public void FirmwareProgress_LongComment_CutBetweenCharacters(int before, int kept)
    {
        string comment = new string('x', before) + "\ud83d\ude00" + new string('y', 5000);

        string? sent = (string?)JsonNode.Parse(Progress(comment).ToJson(Session))!["msgContent"]!["requestParams"]!["comment"];

        string expected = kept > FirmwareProgress.MaxCommentLength ? comment[..before] : comment[..FirmwareProgress.MaxCommentLength];
        Assert.Equal(expected, sent);
    }

    [Fact]
    public void DeviceStatistics_Example_AsPrinted() => Assert.Equal(
        OneLine.Of("""
            {"statistics":{"startTime":1485011708000,"endTime":1485098108000,"totalSize":233312342,"totalVideoFrames":2000000,
            "dropVideoFrames":2344,"totalAudioFrames":2000000,"dropAudioFrames":2345,"onlineDuration":36000,"disconnectTimes":10,
            "rebootTimes":2,"delay":500,"openApiFailureTimes":0,"assignHedgwIpTimes":5,"selfDefine":{"dropped":[1,2]}},
            "msgSession":1377903621,"msgSequence":0,"msgTimeStamp":1403494504362,"msgCategory":"camera"}
            """),
        Statistics("""{"dropped":[1,2]}""").ToJson(Session, new MessageStamp(0, DateTimeOffset.FromUnixTimeMilliseconds(1403494504362))));

    [Fact]
    public void DeviceStatistics_NothingOfItsOwn_KeyLeftOut() =>
        Assert.DoesNotContain("selfDefine", Statistics().ToJson(Session, default), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{},\"x\":1")]
    [InlineData("[1,]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\u0000\"")]
    public void SelfDefined_NoJson_Throws(string json) => Assert.Throws<ArgumentException>(() => Statistics(json));

    [Fact]
    public void SelfDefined_DeepLongOrHalfPair_Throws()
    {
        Assert.Throws<ArgumentException>(() => Statistics("\"\ud800\""));
        Assert.Throws<ArgumentException>(() => Statistics(new string('[', 17) + new string(']', 17)));
        Assert.NotNull(Statistics(new string('1', DeviceStatistics.MaxSelfDefinedBytes)));
        Assert.Throws<ArgumentException>(() => Statistics(new string('1', DeviceStatistics.MaxSelfDefinedBytes + 1)));
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(1, 0, 0x10000)]
    [InlineData(3, 5, 0x30005)]
    [InlineData(-1, -1, 0)]
    [InlineData(0x7FFF, 0xFFFF, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void PersonCount_BothWays_HighAndLowHalf(int bottomToTop, int topToBottom, int count) => Assert.Equal(
        $$"""{"start":1500631027,"stop":1500631627,"count":{{count}}}""",
        new PersonCount(
            DateTimeOffset.FromUnixTimeSeconds(1500631027), DateTimeOffset.FromUnixTimeSeconds(1500631627), bottomToTop, topToBottom).ToJson());

    [Fact]
    public void PanoramaPicture_Picture_BigEndianHeaderInFront() => Assert.Equal(
        (byte[])[0, 0, 0, 103, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0, 3, 0xFF, 0xD8, 0xFF],
        PanoramaPicture.ToData(2, 256, [0xFF, 0xD8, 0xFF]));

    [Fact]
    public void WriteHeader_DirtyMemory_EveryByteWrittenAndNoMore()
    {
        byte[] memory = new byte[PanoramaPicture.HeaderSize + 1];
        memory.AsSpan().Fill(0xFF);

        PanoramaPicture.WriteHeader(memory, 1, 1, 0x01020304);

        Assert.Equal((byte[])[0, 0, 0, 103, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4, 0xFF], memory);
    }

    [Theory]
    [InlineData(0, 1, 1, 16)]
    [InlineData(2, 1, 1, 16)]
    [InlineData(1, 1, 0, 16)]
    [InlineData(1, 1, 1, 15)]
    public void WriteHeader_ImpossibleNumbers_Throws(int sequence, int count, int size, int room) =>
        Assert.ThrowsAny<ArgumentException>(() => PanoramaPicture.WriteHeader(new byte[room], sequence, count, size));
}
