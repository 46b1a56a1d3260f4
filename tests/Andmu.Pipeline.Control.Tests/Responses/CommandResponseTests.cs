using System.Text.Json.Nodes;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Control.Tests.Parsing;

namespace Andmu.Pipeline.Control.Tests.Responses;

/// <summary>Answers as the specification prints them (5.2.9.15, 5.2.9.23, 5.2.11.1, .4, .5 and .6).</summary>
public sealed class CommandResponseTests
{
    private static readonly MessageStamp Stamp = new(1, DateTimeOffset.FromUnixTimeSeconds(1484541696));

    public static TheoryData<string> Names => Examples.Names;

    private static ReceivedCommand Receive(int request, int subRequest, string parameters = "{}") => CommandParser.Parse(
        $$$"""{"msgSession":394728981,"msgContent":{"request":{{{request}}},"subRequest":{{{subRequest}}},"requestParams":{{{parameters}}}}}""");

    private static string Succeed<TAnswer>(ReceivedCommand received, TAnswer answer)
        where TAnswer : CommandAnswer => CommandResponse.Succeeded(received, (IQuery<TAnswer>)received.Command!, answer, Stamp);

    [Theory]
    [InlineData(17, """{"ssid":"s","bssid":"","encryption":"","key":""}""")]
    [InlineData(87, "{}")]
    [InlineData(153, """{"value":1,"angle":30,"stand":1}""")]
    public void Succeeded_Done_AsPrinted(int subRequest, string parameters) => Assert.Equal(
        OneLine.Of($$$"""
            {"msgCategory":"camera","msgContent":{"response":0,"responseRequest":1793,"responseSubRequest":{{{subRequest}}}},
            "msgSequence":1,"msgSession":394728981,"msgTimeStamp":1484541696}
            """),
        Succeed(Receive(1793, subRequest, parameters), Done.Instance));

    [Fact]
    public void Succeeded_WifiList_AsPrinted() => Assert.Equal(
        OneLine.Of("""
            {"msgCategory":"camera","msgContent":{"response":0,"responseParams":[
            {"bConnected":0,"bssid":"B0:D5:9D:33:26:2","encryption":"WPA2","signal":1,"ssid":"FORTEST"},
            {"bConnected":1,"bssid":"8C:AB:8E:9B:EE:E","encryption":"WPA/WPA2","signal":5,"ssid":"Atom_2.4Ghz"},
            {"bConnected":0,"bssid":"E4:3F:A2:01:95:9","encryption":"WPA/WPA2","signal":4,"ssid":"CMCC_019594"}],
            "responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":394728981,"msgTimeStamp":1484541696}
            """),
        Succeed(
            Receive(1792, 16),
            new WifiList(
            [
                new WifiNetwork("FORTEST", "B0:D5:9D:33:26:2", "WPA2", Signal: 1, Connected: false),
                new WifiNetwork("Atom_2.4Ghz", "8C:AB:8E:9B:EE:E", "WPA/WPA2", Signal: 5, Connected: true),
                new WifiNetwork("CMCC_019594", "E4:3F:A2:01:95:9", "WPA/WPA2", Signal: 4, Connected: false),
            ])));

    [Fact]
    public void Succeeded_SdCard_AsPrintedInSixtyFourBits() => Assert.Equal(
        OneLine.Of("""
            {"msgCategory":"camera","msgContent":{"response":0,"responseParams":[
            {"name":" /dev/sda0","fs":"vfat","total":2147483648,"remain":2147480000},
            {"name":" /dev/sda1","fs":"vfat","total":9223372036854775807,"remain":0}],
            "responseRequest":1792,"responseSubRequest":85},"msgSequence":1,"msgSession":394728981,"msgTimeStamp":1484541696}
            """),
        Succeed(
            Receive(1792, 85),
            new SdCardInfo(
            [
                new CardVolume(" /dev/sda0", "vfat", 2147483648, 2147480000), new CardVolume(" /dev/sda1", "vfat", long.MaxValue, 0),
            ])));

    [Fact]
    public void Succeeded_PtzPosition_AsPrinted()
    {
        // Printed with responseParams last, where the others have it in front.
        const string Printed = """
            { "msgCategory": "camera",
              "msgContent": { "response": 0, "responseRequest": 1792, "responseSubRequest": 81, "responseParams": { "pan": 50, "tilt": 5 } },
              "msgSequence": 1, "msgSession": 394728981, "msgTimeStamp": 1484541696 }
            """;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Printed), JsonNode.Parse(Succeed(Receive(1792, 81), new PtzPosition(50, 5)))));
    }

    [Fact]
    public void Succeeded_ValuesBeyond_NearestAllowed()
    {
        Assert.Contains("\"pan\":-1000000,\"tilt\":1000000", Succeed(Receive(1792, 81), new PtzPosition(int.MinValue, int.MaxValue)), StringComparison.Ordinal);
        string list = Succeed(Receive(1792, 16), new WifiList([new WifiNetwork("a", "", "", 0, false), new WifiNetwork("b", "", "", 9, false)]));
        Assert.Contains("\"signal\":1", list, StringComparison.Ordinal);
        Assert.Contains("\"signal\":5", list, StringComparison.Ordinal);
    }

    [Fact]
    public void Succeeded_OddNames_WellFormedAndUnchanged()
    {
        const string Ssid = "\"\\\u0001\u4e2d\u56fd<&>\ud83d\ude00";

        string json = Succeed(Receive(1792, 16), new WifiList([new WifiNetwork(Ssid, "", "", 1, false)]));

        Assert.Equal(Ssid, (string?)JsonNode.Parse(json)!["msgContent"]!["responseParams"]![0]!["ssid"]);
        Assert.Contains("\u4e2d\u56fd", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Succeeded_HalfSurrogatePair_WellFormed()
    {
        string json = Succeed(Receive(1792, 16), new WifiList([new WifiNetwork("a\ud800", "", "", 1, false)]));

        Assert.Equal("a\ufffd", (string?)JsonNode.Parse(json)!["msgContent"]!["responseParams"]![0]!["ssid"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Failed_Example_NumbersCopied(string name)
    {
        Example example = Examples.Named(name);
        CommandCode code = CommandParser.Parse(example.Json).Code!.Value;
        string session = (string)JsonNode.Parse(example.Json, null, new() { AllowTrailingCommas = true })!["msgSession"]!.ToJsonString();
        string subRequest = code.SubRequest is { } sub ? $",\"responseSubRequest\":{sub}" : "";
        int failure = example.Command is SetPanorama ? 1 : -1;

        Assert.Equal(
            OneLine.Of($$$"""
                {"msgCategory":"camera","msgContent":{"response":{{{failure}}},"responseRequest":{{{code.Request}}}{{{subRequest}}}},
                "msgSequence":1,"msgSession":{{{session}}},"msgTimeStamp":1484541696}
                """),
            CommandResponse.Failed(CommandParser.Parse(example.Json), Stamp));
    }

    [Theory]
    [InlineData("\"a\\u0041\"")]
    [InlineData("1.50e3")]
    public void Failed_RefusedCommand_SessionAsItCame(string session)
    {
        ReceivedCommand received = CommandParser.Parse($$$"""{"msgSession":{{{session}}},"msgContent":{"request":1793,"subRequest":17}}""");

        Assert.False(received.IsAccepted);
        Assert.True(received.HasResponse);
        Assert.Contains($"\"msgSession\":{session},", CommandResponse.Failed(received, Stamp), StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_NoSession_KeyLeftOut() => Assert.DoesNotContain(
        "msgSession",
        CommandResponse.Failed(CommandParser.Parse("""{"msgContent":{"request":1793,"subRequest":87}}"""), Stamp),
        StringComparison.Ordinal);

    [Fact]
    public void Failed_NoCommandNamed_Throws() => Assert.Throws<ArgumentException>(() => CommandResponse.Failed(CommandParser.Parse("{"), Stamp));

    [Fact]
    public void Succeeded_AnswerToAnotherCommand_Throws() => Assert.Throws<ArgumentException>(
        () => CommandResponse.Succeeded(Receive(1793, 87), new QueryPtzPosition(), new PtzPosition(0, 0), Stamp));
}
