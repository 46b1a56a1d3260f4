using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class ServiceMessageTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_500_631_027); // of the specification's example, 5.2.6

    [Fact]
    public void ToJson_PersonCounts_AreAsInTheSpecification() => Assert.Equal(
        "{\"start\":1500631027,\"stop\":1500631627,\"count\":6553737}",
        new PersonCountPeriod(Start, Start.AddMinutes(10), new PersonCounts(100, 137)).ToJson());

    [Fact]
    public void ToMessage_PanoramaImage_HasItsHeaderAndGoesToTheClient()
    {
        DeviceMessage message = new PanoramaImage("app-1", 2, 12, Jpeg.Of(7)).ToMessage();

        Assert.Equal((DeviceMessageType.Transparent, "app-1", false), (message.Type, message.Destination, message.IsKept));
        Assert.Equal([0, 0, 0, 103, 0, 0, 0, 2, 0, 0, 0, 12, 0, 0, 0, 5, .. Jpeg.Of(7)], message.Data.ToArray());
    }

    [Fact]
    public void ToMessage_Statistics_IsKeptAndHasAllCounts()
    {
        var totals = new StatisticsTotals(5_999_999, 2, 3, 4, 5, 6_999, 7, 8, 90, 9, 10, long.MaxValue);

        DeviceMessage message = new DailyStatistics(Start, Start.AddDays(1), totals, "{\"a\":1}").ToMessage(MessageSession.FromNumber(17));

        Assert.Equal((DeviceMessageType.Response, null, true), (message.Type, message.Destination, message.IsKept));
        Assert.Equal(
            "{\"statistics\":{\"startTime\":1500631027000,\"endTime\":1500717427000,\"totalSize\":5,\"totalVideoFrames\":2,\"dropVideoFrames\":3," +
            "\"totalAudioFrames\":4,\"dropAudioFrames\":5,\"onlineDuration\":6,\"disconnectTimes\":7,\"rebootTimes\":8,\"delay\":10," +
            "\"openApiFailureTimes\":10,\"assignHedgwIpTimes\":2147483647,\"selfDefine\":{\"a\":1}}," +
            "\"msgSession\":17,\"msgSequence\":0,\"msgTimeStamp\":1500717427000,\"msgCategory\":\"camera\"}",
            message.Message);
    }
}
