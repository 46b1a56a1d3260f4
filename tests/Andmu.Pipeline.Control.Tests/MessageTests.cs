namespace Andmu.Pipeline.Control.Tests;

/// <summary>What a device says, byte for byte by the examples of the specification 5.2.6 and 5.2.11.</summary>
public sealed class MessageTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1484541696);

    [Fact]
    public void Answer_WifiNetworks_IsTheArrayOfTheSpecification() => Assert.Equal(
        Response(1792, 16, """[{"bConnected":1,"bssid":"8C:AB","encryption":"WPA/WPA2","signal":5,"ssid":"和目"}]"""),
        CommandResponse.Answer(Requests.Parse(1792, 16, "{}"), [new WifiNetwork("和目", "8C:AB", "WPA/WPA2", 9, true)], 1, Time));

    [Fact]
    public void Answer_Card_HoldsMoreThan32Bits() => Assert.Equal(
        Response(1792, 85, """[{"name":"/dev/sda0","fs":"vfat","total":64000000000,"remain":2147480000}]"""),
        CommandResponse.Answer(Requests.Parse(1792, 85, "{}"), [new CardVolume("/dev/sda0", "vfat", 64_000_000_000, 2_147_480_000)], 1, Time));

    [Fact]
    public void Answer_PtzPosition_IsAnObject() => Assert.Equal(
        Response(1792, 81, """{"pan":50,"tilt":5}"""), CommandResponse.Answer(Requests.Parse(1792, 81, "{}"), new PtzPosition(50, 5), 1, Time));

    [Fact]
    public void Failed_Panorama_Says1() => Assert.Contains(
        "\"response\":1,", CommandResponse.Failed(Requests.Parse(1793, 153, """{"value":1,"angle":30,"stand":1}"""), 1, Time), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"a\\\"b\"")]
    [InlineData("12345678901234567890")]
    public void Done_Session_IsCopiedAsItCame(string session)
    {
        ReceivedCommand received = CommandParser.Parse($$"""{"msgContent":{"subRequest":87,"request":1793},"msgSession":{{session}}}""");
        Assert.Contains($"\"msgSession\":{session},", CommandResponse.Done(received, 1, Time), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 5, 0x0003_0005u)]
    [InlineData(70_000, -1, 0xFFFF_0000u)]
    public void PersonCount_PacksBothWays(int up, int down, uint packed) => Assert.Equal(
        $$"""{"start":1484541696,"stop":1484541756,"count":{{packed}}}""", new PersonCount(Time, Time.AddMinutes(1), up, down).ToJson());

    [Fact]
    public void PanoramaPicture_HasTheHeaderOfTheSpecification() => Assert.Equal(
        [0, 0, 0, 103, 0, 0, 0, 2, 0, 0, 0, 12, 0, 0, 0, 3, 7, 8, 9], PanoramaPicture.Write(2, 12, [7, 8, 9]));

    [Fact]
    public void FirmwareProgress_HasNumbersAsStrings() => Assert.Equal(
        """{"msgSession":732,"msgCategory":"camera","msgContent":{"request":2049,"requestParams":{"firmwareversion":"1.25.630","cameraappversion":"","status":"2","currentSize":"50","totalSize":"100","comment":""}}}""",
        new FirmwareProgress("732", FirmwareStage.Downloading) { FirmwareVersion = "1.25.630", DownloadedBytes = 50, TotalBytes = 100 }.ToJson());

    [Fact]
    public void FirmwareProgress_LongComment_IsNotCutWithinACharacter()
    {
        string json = new FirmwareProgress("1", FirmwareStage.DownloadFailed) { Comment = new string('a', 2047) + "😀" }.ToJson();
        Assert.EndsWith(new string('a', 2047) + "\"}}}", json, StringComparison.Ordinal);
    }

    private static string Response(int request, int subRequest, string responseParams) =>
        $$$"""{"msgCategory":"camera","msgContent":{"response":0,"responseParams":{{{responseParams}}},"responseRequest":{{{request}}},"responseSubRequest":{{{subRequest}}}},"msgSequence":1,"msgSession":394728981,"msgTimeStamp":1484541696}""";
}
