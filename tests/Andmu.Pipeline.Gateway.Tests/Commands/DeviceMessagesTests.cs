using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Gateway.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Commands;

public sealed class DeviceMessagesTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 0xFF, 0xD9];

    [Fact]
    public async Task Panorama_Whole_IsKeptAsFiles()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = await StartPanoramaAsync(gateway, device);

        await device.SendPictureAsync(1, 2, Picture);
        await device.SendPictureAsync(2, 2, Picture);
        await device.SyncAsync();

        Assert.Equal([(1, 2, 9), (2, 2, 9)], session.PanoramaPictures.Select(static p => (p.Sequence, p.Count, p.Bytes)));
        Assert.All(session.PanoramaPictures, static picture => Assert.Equal(Picture, File.ReadAllBytes(picture.Path)));
        Assert.Equal(Path.Combine(gateway.DataDirectory, "panorama", session.DeviceId, "001.jpg"), session.PanoramaPictures[0].Path);
        Assert.Equal(session.PanoramaPictures[0].Path, (await gateway.NextAsync(GatewayNoticeKind.PanoramaPicture)).Text);
        Assert.Empty(session.Violations);
    }

    [Theory]
    [InlineData("order", "picture 2 comes after picture 0")]
    [InlineData("size", "size is 8, the picture has 9 bytes")]
    [InlineData("command", "cmdtype is 104")]
    [InlineData("jpeg", "no JPEG")]
    [InlineData("zero", "picture 0 of 2 cannot be")]
    [InlineData("beyond", "picture 3 of 2 cannot be")]
    [InlineData("many", "picture 1 of 4294967295 cannot be")]
    [InlineData("short", "15 bytes of data")]
    [InlineData("who", "dst_device_id is not who asked")]
    [InlineData("count", "count is 3, it was 2")]
    public async Task Panorama_PictureAgainstTheSpecification_IsAViolation(string fault, string says)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = await StartPanoramaAsync(gateway, device);
        if (fault == "count")
        {
            await device.SendPictureAsync(1, 2, Picture);
        }

        await (fault switch
        {
            "order" => device.SendPictureAsync(2, 2, Picture),
            "size" => device.SendPictureAsync(1, 2, Picture, size: 8),
            "command" => device.SendPictureAsync(1, 2, Picture, command: 104),
            "jpeg" => device.SendPictureAsync(1, 2, Picture[..^1]),
            "zero" => device.SendPictureAsync(0, 2, Picture),
            "beyond" => device.SendPictureAsync(3, 2, Picture),
            "many" => device.SendPictureAsync(1, uint.MaxValue, Picture),
            "short" => device.SendDataAsync(new byte[15]),
            "who" => device.SendPictureAsync(1, 2, Picture, destination: "tablet"),
            _ => device.SendPictureAsync(2, 3, Picture),
        });
        await device.SyncAsync();

        Assert.Contains(says, Assert.Single(session.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panorama_NotAskedFor_IsAViolation()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendPictureAsync(1, 1, Picture);
        await device.SyncAsync();

        Assert.Contains("nobody has asked", Assert.Single(Assert.Single(gateway.Server.Devices).Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Firmware_WholeUpgradeAcrossARestart_IsKeptWithoutViolation()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        long upgrade;
        using (RawDevice device = await RawDevice.LogInAsync(gateway))
        {
            DeviceSession session = Assert.Single(gateway.Server.Devices);
            upgrade = await UpgradeAsync(session, device);
            foreach ((string status, int size) in new[] { ("1", 0), ("2", 10), ("2", 50), ("3", 100), ("5", 100), ("6", 100) })
            {
                await device.SendMessageAsync(1, Progress(upgrade, status, size));
            }

            await device.SyncAsync();
            Assert.Equal([1, 2, 2, 3, 5, 6], session.FirmwareReports.Select(static report => report.Status));
            Assert.Equal((upgrade, 50L, 100L, "1.25.630"), session.FirmwareReports[2] is var r ? (r.Session, r.CurrentSize, r.TotalSize, r.FirmwareVersion) : default);
            Assert.Empty(session.Violations);
        }

        await gateway.NextAsync(GatewayNoticeKind.Disconnected);
        using RawDevice again = await RawDevice.LogInAsync(gateway);
        await again.SendMessageAsync(1, Progress(upgrade, "7", 100));
        await again.SyncAsync();
        DeviceSession restarted = Assert.Single(gateway.Server.Devices);
        Assert.Equal(7, Assert.Single(restarted.FirmwareReports).Status);
        Assert.Empty(restarted.Violations);
    }

    [Theory]
    [InlineData("3 2", "stage 2 comes after stage 3")]
    [InlineData("4 5", "stage 5 comes after the end, stage 4")]
    [InlineData("7 8", "stage 8 comes after the end, stage 7")]
    [InlineData("9", "status is not \"1\" to \"8\"")]
    [InlineData("x", "status is not \"1\" to \"8\"")]
    [InlineData("12", "status has 2 characters")]
    public async Task Firmware_StagesOutOfOrder_AreAViolation(string stages, string says)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        long upgrade = await UpgradeAsync(session, device);

        foreach (string stage in stages.Split(' '))
        {
            await device.SendMessageAsync(1, Progress(upgrade, stage, 50));
        }

        await device.SyncAsync();
        Assert.Contains(session.Violations, violation => violation.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"currentSize\":\"50\"", "\"currentSize\":50", "currentSize is no string")]
    [InlineData("\"currentSize\":\"50\"", "\"currentSize\":\"half\"", "currentSize is no number")]
    [InlineData("\"currentSize\":\"50\"", "\"currentSize\":\"101\"", "currentSize is above totalSize")]
    [InlineData("\"totalSize\":\"100\",", "", "totalSize is missing")]
    [InlineData("\"request\":2049", "\"request\":4097", "request is 4097")]
    [InlineData("\"requestParams\"", "\"responseParams\"", "requestParams is missing")]
    [InlineData("\"msgSession\":", "\"msgSession\":1", "msgSession is not the one")]
    [InlineData("\"comment\":\"\"", "\"comment\":\"LONG\"", "comment has 2049 characters")]
    public async Task Firmware_ReportAgainstTheSpecification_IsAViolation(string right, string wrong, string says)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        string report = Progress(await UpgradeAsync(session, device), "2", 50)
            .Replace(right, wrong.Replace("LONG", new string('x', 2049), StringComparison.Ordinal), StringComparison.Ordinal);

        await device.SendMessageAsync(1, report);
        await device.SyncAsync();

        Assert.Contains(says, Assert.Single(session.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_AsTheSpecificationHasThem_AreKept()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMessageAsync(2, Statistics);
        await device.SyncAsync();

        DeviceSession session = Assert.Single(gateway.Server.Devices);
        Assert.Empty(session.Violations);
        using JsonDocument kept = JsonDocument.Parse(Assert.Single(session.Statistics).Json);
        Assert.Equal(23444, kept.RootElement.GetProperty("dropVideoFrames").GetInt32());
    }

    [Theory]
    [InlineData("\"delay\":500", "\"delay\":-1", "delay is -1")]
    [InlineData("\"delay\":500,", "", "delay is missing")]
    [InlineData("\"delay\":500", "\"delay\":500,\"\\ud800\":1", "msg is not JSON")]
    [InlineData("\"delay\":500", "\"delay\":\"\\udfff\"", "msg is not JSON")]
    [InlineData("\"rebootTimes\":2", "\"rebootTimes\":\"2\"", "rebootTimes is no whole number")]
    [InlineData("\"endTime\":1485098108000", "\"endTime\":1485011708000", "endTime is not after startTime")]
    [InlineData("\"selfDefine\":{}", "\"selfDefine\":\"LONG\"", "at most 16384 are taken")]
    [InlineData("\"msgTimeStamp\":1403494504362,", "", "msgTimeStamp is missing")]
    public async Task Statistics_AgainstTheSpecification_AreAViolation(string right, string wrong, string says)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMessageAsync(2, Statistics.Replace(
            right, wrong.Replace("LONG", new string('x', 20_000), StringComparison.Ordinal), StringComparison.Ordinal));
        await device.SyncAsync();

        Assert.Contains(says, Assert.Single(Assert.Single(gateway.Server.Devices).Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfABusyDevice_StayBounded()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        for (int i = 0; i < 40; i++)
        {
            await device.SendMessageAsync(2, Statistics);
        }

        await device.SyncAsync();

        Assert.Equal(16, Assert.Single(gateway.Server.Devices).Statistics.Count);
    }

    [Fact]
    public async Task Message_OfAnUnknownType_IsAViolation()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMessageAsync(99, "{}");
        await device.SyncAsync();

        Assert.Contains("type 99", Assert.Single(Assert.Single(gateway.Server.Devices).Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, """{"start":1500631027,"stop":1500631627,"count":100}""", null)]
    [InlineData(1, """{"start":1500631027,"stop":1500631627,"count":-65536}""", null)]
    [InlineData(0, """{"start":1500631027,"stop":1500631627,"count":100}""", "status is 0")]
    [InlineData(1, """{"start":1500631627,"stop":1500631027,"count":100}""", "stop is before start")]
    [InlineData(1, """{"start":"1","stop":2,"count":100}""", "start is no whole number")]
    [InlineData(1, """{"start":1,"stop":2}""", "count is missing")]
    [InlineData(1, """{"start":1,"stop":2,"count":4294967296}""", "count is 4294967296")]
    [InlineData(1, "many", "msg is not JSON")]
    [InlineData(1, null, "msg is missing")]
    public async Task PersonCount_IsHeldAgainstTheSpecification(uint status, string? message, string? says)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        var command = new DevEventCmd { Type = 4, Status = status, IpcamTime = 1767323045000 };
        if (message is not null)
        {
            command.Msg = message;
        }

        await device.SendAsync(new HEDGWMessage { MessageType = MessageType.DevEventCmd, DevEventCmd = command });
        await device.SyncAsync();

        IReadOnlyList<string> violations = Assert.Single(gateway.Server.Devices).Violations;
        if (says is null)
        {
            Assert.Empty(violations);
        }
        else
        {
            Assert.Contains(says, Assert.Single(violations), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reported_OverTheOpenApi_IsSeenOnTheSession()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var api = new ApiClient(gateway);
        (string token, string unifiedId) = await api.RegisterAsync();
        string auth = $"\"deviceToken\":\"{token}\"";
        await api.CallAsync(ApiClient.Json("MSG_P_THD_SET_CAMERA_SETTINGS_REQ", auth + ",\"camParam\":{\"status\":\"Off\",\"sdcardStatus\":3,\"wifiSSID\":\"home\"}"));
        await api.CallAsync(ApiClient.Json("MSG_P_THD_SET_CAMERA_SETTINGS_REQ", auth + ",\"camParam\":{\"personStatus\":\"On\"}"));
        await api.CallAsync(ApiClient.Json("MSG_P_THD_SET_CAMERA_CAPACITY_REQ", auth + ",\"supportKey\":{\"sdcard\":1,\"ptzPano\":0}"));
        await api.CallAsync(ApiClient.Json(
            "MSG_P_THD_SET_CAMERA_INFO_REQ", auth + ",\"deviceModelId\":\"Zhejian_zj_1\",\"firmwareVersion\":\"1.2\",\"cameraAppVersion\":\"3.4\""));
        DevLoginReq login = RawDevice.Login(token);
        login.UnifiedId = unifiedId;
        using RawDevice device = await RawDevice.LogInAsync(gateway, login);

        DeviceReport report = Assert.Single(gateway.Server.Devices).Reported;

        Assert.Equal(("Off", "On", "3", "home"), (report.Status, report.PersonStatus, report.SdCardStatus, report.WifiSsid));
        Assert.Equal(("Zhejian_zj_1", "1.2", "3.4"), (report.ModelId, report.FirmwareVersion, report.CameraAppVersion));
        Assert.Equal([("ptzPano", false), ("sdcard", true)], report.Capabilities.OrderBy(static c => c.Key).Select(static c => (c.Key, c.Value)));
    }

    private const string Statistics =
        """
        {"statistics":{"startTime":1485011708000,"endTime":1485098108000,"totalSize":233312342,"totalVideoFrames":2000000,"dropVideoFrames":23444,"totalAudioFrames":2000000,"dropAudioFrames":2345,"onlineDuration":36000,"disconnectTimes":10,"rebootTimes":2,"delay":500,"openApiFailureTimes":0,"assignHedgwIpTimes":5,"selfDefine":{}},"msgSession":1377903621,"msgSequence":0,"msgTimeStamp":1403494504362,"msgCategory":"camera"}
        """;

    private static string Progress(long session, string status, int size) =>
        $$$"""
        {"msgCategory":"camera","msgSequence":0,"msgTimeStamp":1457353997,"msgContent":{"request":2049,"requestParams":{"firmwareversion":"1.25.630","cameraappversion":"2.15.301","status":"{{{status}}}","currentSize":"{{{size}}}","totalSize":"100","comment":""}},"msgSession":{{{session}}}}
        """;

    private static async Task<long> UpgradeAsync(DeviceSession session, RawDevice device)
    {
        await session.AskAsync(
            PlatformCommand.Create("firmware", ("url", "http://127.0.0.1/f"), ("version", "1"), ("md5", new string('a', 32))), TestGateway.Patience);
        return (await device.TakeCommandAsync()).Session;
    }

    private static async Task<DeviceSession> StartPanoramaAsync(TestGateway gateway, RawDevice device)
    {
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        Task<CommandAnswer> asking = session.AskAsync(PlatformCommand.Create("panorama", ("value", "start")), TestGateway.Patience);
        await device.SendMessageAsync(2, CommandedDevice.Answer((await device.TakeCommandAsync()).Session, 1793, 153));
        Assert.Equal(CommandOutcome.Succeeded, (await asking).Outcome);
        return session;
    }
}
